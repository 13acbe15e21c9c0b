"""Pages for staff: change many documents at once.

Begin with `changes.py`.
"""
