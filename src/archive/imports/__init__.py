"""Bringing in what others have published: a seminar's page becomes an event with its talks.

`reading` says what a page tells; it changes nothing and knows nothing of the catalogue.
"""
