"""Citing a record from the command line."""
