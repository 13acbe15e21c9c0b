"""Talks, and pages of any version, that a visitor may see: what is cited by identifiers, many at once.

Sessions come in, records go out. Begin with `cited_records.py`.
"""
