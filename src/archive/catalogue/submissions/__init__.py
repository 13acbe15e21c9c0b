"""What people who are not staff send into the review queue, and what became of it.

`submissions.py` keeps who sent which files with which words, `statuses.py` tells a sender how far each has
come, and `declining.py` is staff's no. Nothing here publishes: what was sent in is a draft like any other.
"""
