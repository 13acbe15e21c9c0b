"""Tests of the `archive` command."""
