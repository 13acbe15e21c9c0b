"""Fetches what a web address leads to, and nothing on the archive's own network.

`address.py` reads an address, `resolving.py` says which are not fetched from, `pinned.py` connects to
the one address that was looked at, `fetch.py` puts them together and asks what a site wants (robots.txt).
"""
