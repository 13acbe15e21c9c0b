"""Uploads in the catalogue: files on their way in, and what became of each; rows for a page.

`uploads.py` moves an upload from state to state, `readings.py` tells what its files have become since, from
the versions themselves, so that everybody who looks sees the same. Begin with `uploads.py`.
"""
