"""People and organisations as an authority file: other spellings, names over time, merging, who is distinct.

Both have the same tables (`kinds.py`), so that each deed is written once. What is saved is recorded by the
journal; a merge is undone as any edit is. How names are recognised when something is saved is told in
`events/people.py`, which names are alike in `archive.review.alike`.
"""
