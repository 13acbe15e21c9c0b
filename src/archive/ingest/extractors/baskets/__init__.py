"""Makes one file of gathered slides, in the confined child: a PDF or a deck.

What comes in is one file, read by `bundle.py`: what is to be made, and after it the parts that it is made
of, which may be anybody's. Out go frames as `extractors/archives/frames.py` has them. `archive.baskets` is
the other side.
"""
