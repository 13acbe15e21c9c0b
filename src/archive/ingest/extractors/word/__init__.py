"""The reader of Word documents that works without LibreOffice."""
