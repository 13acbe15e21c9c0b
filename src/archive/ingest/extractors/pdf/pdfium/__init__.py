"""Pdfium."""
