"""The journal on pages: the newest edits for admins, one edit with its undo and a record's history for staff.

Begin with `edits.py`; `record_history.py` has what became of one record.
"""
