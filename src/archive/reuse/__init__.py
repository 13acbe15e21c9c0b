"""The same slide in other decks, what was changed on it, and two talks side by side.

Reads what `catalogue/reuse/` keeps of each page, for one visitor. Begin with `same_slide.py`.
"""
