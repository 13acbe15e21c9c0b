"""The catalogue: all that the archive knows, in one SQL database. The index is derived from it.

Functions take a session and return records of `archive.model`; rows and SQLAlchemy stay inside. Imported by
everything above (index, search, ingest, web); it imports only model, visibility, errors, and analysis for
sorting. Every change of a document is noted in the journal (`changes.py`) in the same transaction, and the
index follows that. Begin with `records.py`, which reads a document with its talk and event, and
`accept.py`, which takes a file in; then `jobs.py` (work to do), `versions.py` (which version readers see)
and `visibility.py` (who sees what).
"""
