"""The review queue: what waits for staff and why, who works on it, and what looking through found.

Begin with `waiting.py`. Only tables are used here: what reads a file's pages uses `findings.py`.
"""
