"""People and organisations for staff: listed with what is alike, named, merged and told apart.

Begin with `listing.py`. A merge is taken back on the page of its edit (`views/journal.py`).
"""
