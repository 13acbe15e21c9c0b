"""Bringing in what others have published: a seminar's page becomes an event with its talks.

`fetching/` gets bytes from addresses that others wrote and trusts none of them; `reading/` says what a page
tells, changes nothing and knows nothing of the catalogue; `sources/` are what else than a page may say what a
seminar was. Begin with `importing.py`: what staff do with an import, step by step.
"""
