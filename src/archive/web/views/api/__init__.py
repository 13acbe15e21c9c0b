"""The JSON interface: search, and one module for each kind of record.

Answers are made in `presenters/api/`. Begin with `search.py`.
"""
