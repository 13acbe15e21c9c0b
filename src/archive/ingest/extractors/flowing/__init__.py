"""Readers of formats without pages of their own: plain text and web pages."""
