"""Commands about documents: list them, hide and withdraw them, publish drafts, say who gets the originals.

`main.py` names them. Begin reading in `listing.py`.
"""
