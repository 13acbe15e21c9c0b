"""What feeds and the data of pages (JSON-LD) say of records. Begin with `sending.py`."""
