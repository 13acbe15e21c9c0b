"""Hits to take along: the page that offers the formats, and the files."""
