"""The journal on pages: the newest edits for admins, one edit with its undo and a record's history for staff.

All of it is in `edits.py`.
"""
