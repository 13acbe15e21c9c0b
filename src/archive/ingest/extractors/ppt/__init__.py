"""The reader of PowerPoint 97-2003 files that works without LibreOffice."""
