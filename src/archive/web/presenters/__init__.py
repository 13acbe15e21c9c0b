"""From the archive's records and results to what templates show: addresses, names, lists, slides.

Views import presenters; presenters import `http/` and each other, never a view. Begin reading in
`result_controls.py`, whose `ResultView` is all that a page of results shows.
"""
