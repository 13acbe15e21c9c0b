"""Speakers' links and what came by them: proposals that wait in the review queue until staff decide.

`links.py` makes, finds and ends links, `wordings.py` says what a talk says now, `sending.py` takes what a
speaker sends, `waiting.py` shows it to staff, and `deciding.py` writes what they accept.
"""
