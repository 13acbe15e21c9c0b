"""What the catalogue knows of events: their talks, who gave them, where, and in which focus area.

Read by the web pages, by search and by the index, saved by the ingest; it imports the rest of `catalogue/`
(mapping, visibility, journal) but not its documents' records. Begin with `events.py` for reading and with
`save_event.py` for saving; `directory.py` makes the lists from A to Ö.
"""
