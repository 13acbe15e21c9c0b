"""Commands for people who work with the archive's source: the demo and its check."""
