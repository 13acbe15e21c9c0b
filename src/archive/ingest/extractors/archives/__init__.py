"""Takes the files out of zip files and mails, in the confined child, and hands them to the parent.

`registry` names the unpackers, `unpack` (zip) and `mail` run in the child; `frames` says how files become
frames, and is all that the parent (`intake/unpacking`) imports. Begin with `unpack`.
"""
