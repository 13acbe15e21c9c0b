"""What one segment holds, as it is read: postings by field and term, and columns by page and unit.

`segment.py` opens one file of arrays; `postings.py` and `units.py` are its two halves, `schema.py` the
fields. Imports `directory/`; imported by codec, searcher and writer. Begin with `segment.py`.
"""
