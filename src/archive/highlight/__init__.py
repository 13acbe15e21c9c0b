"""Highlight."""
