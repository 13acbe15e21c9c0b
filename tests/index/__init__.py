"""Tests of the search engines and of what feeds them."""
