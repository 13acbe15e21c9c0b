"""Tests of the Whoosh engine: the contract, and what only it does."""
