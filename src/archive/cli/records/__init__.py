"""`archive event`, `talk`, `focus-area`, `document`: records one by one, as their edit pages have them.

`groups.py` has the commands, `options.py` how fields are given.
"""
