"""From a draft to a published document: who sees it, and what it is said to be.

Used by the pages for staff and by commands; it uses the rest of `catalogue/`. Begin with `drafts.py`.
"""
