"""Table definitions, one file for each part of the catalogue."""
