"""Tests of the sample seminar."""
