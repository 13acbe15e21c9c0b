"""From the bytes of a file to pages in the catalogue."""
