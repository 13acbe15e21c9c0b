"""The archive's own files and folders on the disk: locked, durable, marked as ours, closed to others.

What it writes survives a power loss (`durable_files.py`), it clears and replaces no folder but its own
(`own_folders.py`), and two processes never write the same file (`file_lock.py`). `data_folder.py` puts that
together for the folder that an archive is in. Of the rest of the archive it imports errors alone.
"""
