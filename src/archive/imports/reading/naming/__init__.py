"""People in a text, with their roles and organisations. Begin with `people.py`."""
