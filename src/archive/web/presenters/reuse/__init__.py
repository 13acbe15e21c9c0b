"""What pages show of slides that decks have in common, and of two talks side by side.

Begin with `copies.py`.
"""
