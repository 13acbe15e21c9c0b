"""Measures the path of a file and of a search, stage by stage: `python -m bench.foundation`.

`stages.py` measures the ingest, `searches.py` the search, `naive.py` the simplest programs as references.
Begin with `__main__.py`.
"""
