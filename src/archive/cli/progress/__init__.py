"""How archive ingest and archive retry show their progress."""
