"""Talks: from an item of a programme (`item_talks.py`), a line (`entries.py`) or a sentence (`prose.py`)."""
