"""Folders that are watched: what somebody puts in them is taken in, and told beside the file how that ended.

Only files that were the same over two looks are taken, so that none is taken half. A folder is looked at
every few seconds whatever the system says: network and synced folders give no events. Nothing is ever
deleted. Begin reading in `watched_folder.py`.
"""
