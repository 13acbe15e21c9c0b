"""Taking words out of the catalogue: where they are, what takes their place, what is noted of it.

Nothing here knows which words: callers give a function that says what a text becomes (`Masking`). Every
column of every table is looked at but those that name objects, keys and accounts, so that a table that comes
later is not forgotten. Begin with `columns.py`.
"""
