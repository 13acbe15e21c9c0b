"""Erasing a person: everything is found, taken out of everything that is kept, and stays out after a restore.

`names.py` says which words are meant, `found.py` where they are, `redacting.py` makes the files without
them, `erasing.py` does it all in an order that can be interrupted, `lists.py` keeps what a restore needs to
do it again. `ordering.py` does that, and what admins order on the page.
"""
