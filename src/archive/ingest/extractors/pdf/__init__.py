"""Reads and draws PDF files."""
