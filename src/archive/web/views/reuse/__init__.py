"""The most reused slides, and two talks side by side. Begin with `comparing.py`."""
