"""Reads the words in pictures of pages with Tesseract."""
