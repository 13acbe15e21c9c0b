"""Ooxml."""
