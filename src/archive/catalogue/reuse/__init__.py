"""What slides are compared by, and which slides of other decks are the same, as far as a visitor may see.

A slide's *signature* is made by `archive.reuse`; here it is kept, each in a *family*: slides of which each is
like another. A family only narrows the search: whether two of its slides are alike, their signatures say.
Begin with `signatures.py`; `families.py` and `seen_slides.py` read them for visitors. `duplicates.py` tells
staff of whole documents that are there already; `archive.review` reads it.
"""
