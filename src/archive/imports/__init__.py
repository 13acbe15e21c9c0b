"""Import of seminars from the web: fetch what an address leads to, read it, look it over, publish it.

`fetching/` gets bytes from addresses that others wrote and trusts none of them; `sources/` are what else than
a page may say what a seminar was. Begin with `importing.py`: what staff do with an import, step by step.
"""
