"""Pages on which staff change many documents at once: what is selected, and what a plan says.

Begin with `selections.py`.
"""
