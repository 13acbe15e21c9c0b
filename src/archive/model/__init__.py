"""The records that all parts exchange: documents, pages, events, extractions, jobs, visibility.

Frozen dataclasses and enumerations without behaviour; they import nothing but each other, and everything
may import them. Begin with `documents.py`, then `pages.py`: a document has versions, a version has pages,
and a page has blocks of words.
"""
