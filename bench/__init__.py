"""Measurements. `make bench` prints them; they are not tests."""
