"""Files that staff send in: received in pieces, taken in as drafts, and looked for until a search finds them.

`receiving.py` begins uploads and takes their pieces, which `upload_store.py` (a protocol) keeps and
`local_store.py` keeps in a folder. `taking.py` hands whole files to the intake, `follower.py` is the thread
that has it done and looks for a word of each. What an upload has come to is in the catalogue
(`catalogue/uploads/`). Begin with `receiving.py`; docs/uploads.md says how it is used.
"""
