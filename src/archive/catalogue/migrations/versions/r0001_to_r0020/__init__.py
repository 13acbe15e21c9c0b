"""The first twenty revisions, oldest first; the next are in the folder beside."""
