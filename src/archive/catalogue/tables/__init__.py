"""The catalogue's tables as SQLAlchemy's mapped classes: documents, events, and the journal.

Imported only inside `catalogue/`; what leaves it are records of `archive.model` (`catalogue/mapping.py`). A
changed table or column needs a new migration: a test compares these classes with what the migrations make.
Begin with `documents.py`; `base.py` has the types of columns.
"""
