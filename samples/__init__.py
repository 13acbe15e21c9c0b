"""The sample seminar: decks and a report of our own making, built by `python -m samples.build`."""
