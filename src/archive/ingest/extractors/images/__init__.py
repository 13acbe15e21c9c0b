"""The reader and the drawer of pictures."""
