"""Fetches what a web address leads to, and nothing on the archive's own network.

`address.py` reads an address, `networks.py` says which networks are not fetched from, `pinned.py` connects to
the one address that was looked at, `fetch.py` puts them together, `robots.py` asks what a site wants.
"""
