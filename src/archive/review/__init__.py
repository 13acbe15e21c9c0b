"""What staff look at before they publish: warnings, proposals, and whether the archive has it already.

Pure functions of what was read from a file, and reads of the catalogue; no pages, and nothing is changed or
published here. What is found is given as kinds, numbers and words, and whoever shows it makes the sentences.
All of it is for staff alone: it tells of hidden slides, of notes and of documents of every rank. Begin with
`warnings.py` and `proposals.py`; `near_duplicates.py` says what the archive has already.
"""
