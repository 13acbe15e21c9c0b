"""Searcher."""
