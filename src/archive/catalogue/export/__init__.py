"""Records as plain values, for those who leave with everything: `archive export`.

Reads a session and yields one mapping a record, never a list of all. Nothing of accounts is here: no
password, no token, no session. Begin with `kinds.py`, which lists what there is; `docs/format.md` says what
each field means, and a test holds both together.
"""
