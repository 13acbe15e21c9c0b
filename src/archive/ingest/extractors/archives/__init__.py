"""Unpacks zip files, in the confined child, and hands the files in them to the parent.

`unpack` runs in the child and is its registry; `frames` says how files become frames, and is all that the
parent (`intake/unpacking`) imports. Begin with `unpack`.
"""
