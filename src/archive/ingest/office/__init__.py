"""Turn decks and documents into .pptx or PDF with LibreOffice, confined, one process for many files."""
