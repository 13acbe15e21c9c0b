"""The journal: every change of the records with who made it and why, each row before and after.

Whoever changes records does so inside `recording.recording(session, author)`; what SQLAlchemy then writes to
a table named in `recorded_tables.py` is read before and after, so no caller can forget a field. Documents
that an edit reaches get a change for the index (`reach.py`). `undo.py` takes edits back and leaves what was
changed since, `history.py` tells what became of a record, `chain.py` finds rows that somebody has tampered
with. The journal that the index follows is another one: `catalogue/changes.py`.
"""
