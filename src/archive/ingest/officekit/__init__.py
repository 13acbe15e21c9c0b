"""The process that holds LibreOffice: it confines itself, loads it, and converts file after file."""
