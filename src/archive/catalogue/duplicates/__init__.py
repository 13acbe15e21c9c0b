"""What tells that the archive has a file already: its bytes, and sketches of its slides.

Read by `archive.review`, for staff alone. Begin with `sketches.py`.
"""
