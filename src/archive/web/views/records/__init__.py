"""Edit pages of events, talks and focus areas, for staff. Begin with `editing.py`."""
