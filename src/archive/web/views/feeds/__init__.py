"""What machines expect of any site: feeds, calendars, a sitemap, a description of the search box.

Begin with `atom.py`.
"""
