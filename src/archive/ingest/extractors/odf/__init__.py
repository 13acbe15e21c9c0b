"""The reader of OpenDocument slides and texts that works without LibreOffice."""
