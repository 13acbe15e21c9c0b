"""Tests of the web pages and the JSON interface."""
