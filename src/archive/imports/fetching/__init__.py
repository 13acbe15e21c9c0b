"""Fetches what a web address leads to, and nothing on the archive's own network.

`address.py` reads an address, `connecting.py` says which are not fetched from and connects to the one that
was looked at, `fetch.py` puts them together and asks what a site wants (robots.txt).
"""
