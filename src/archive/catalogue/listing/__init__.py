"""All records of a kind in slices, for programs that take everything along.

A slice goes on after the last record of the one before it, by an identifier that never changes. So however
many records are saved, renamed, replaced or withdrawn between two slices, those that are there all the time
come once each. Begin with `slices.py`.
"""
