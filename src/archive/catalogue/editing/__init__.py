"""Records as staff put them right: read one as fields, check what is given, save it, delete it.

`fields.py` says which fields a record has, `given.py` checks what a form or a command gives and says by
field what is wrong. `record_kinds.py` has for each kind of record how it is read, saved and deleted, so that
pages and commands are the same code for all. `merging.py` brings together what two people made of one record.
Whoever calls this writes within `journal.recording`.
"""
