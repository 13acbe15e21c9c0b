"""Tests of changes of many records at once."""
