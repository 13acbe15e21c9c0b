"""`archive bulk`: changes many documents at once. Begin with `command.py`; `table.py` has CSV out and in."""
