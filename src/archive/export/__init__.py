"""Leaving with everything: `archive export` writes originals, records, words and pictures into one folder.

The folder is a bag (BagIt 1.0, RFC 8493) that needs no archive: `format.md` says what each file and field is,
`read_archive.py` lists, checks and opens it with nothing but Python. What goes in comes from
`catalogue/export/` and the stores; begin with `exporting.py`.
"""
