"""Which people, and which organisations, may be the same although their names are written otherwise.

`people.py` and `organisations.py` compare two names; `pairs.py` finds the few of thousands that are worth
comparing, and `suggestions.py` what the catalogue has, without those that staff have told apart. å, ä and ö
are letters of their own, so Ås and As are never alike; other accents are not.
"""
