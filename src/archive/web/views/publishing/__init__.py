"""Pages from a draft to a published document, for staff. Begin with `drafts.py` and `document.py`."""
