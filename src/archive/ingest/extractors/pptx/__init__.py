"""Reads slide decks in Open XML (.pptx and its relatives)."""
