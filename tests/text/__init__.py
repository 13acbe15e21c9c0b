"""Tests of `archive.text`."""
