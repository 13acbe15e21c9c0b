"""Imports in the catalogue: what was read, what staff made of it, what was published, and taken back.

`imports.py` keeps the rows, `publishing.py` makes records of a draft in one transaction, `current.py` says
what those records are now, `undoing.py` takes them back, `links.py` leases the files still to be fetched.
"""
