"""One file for each revision, twenty in a folder, oldest first. Begin with `r0001_to_r0020/r0001_first_tables.py`."""
