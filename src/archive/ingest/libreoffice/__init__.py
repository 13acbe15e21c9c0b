"""Libreoffice."""
