"""Tests of the journal of edits."""
