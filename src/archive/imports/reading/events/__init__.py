"""Events: where on a page each stands (`parting.py`), and what is said of it as a whole (`facts.py`)."""
