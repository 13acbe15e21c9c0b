"""Citing: the page of references to a record, slides by version, talks by address, and unAPI for Zotero."""
