"""The same page written otherwise: tags, classes, signs and names exchanged, its truth along with it.

What a page tells does not depend on what its classes are called, nor on which names its people have. A reader
that knows pages by their words loses what is exchanged here; one that reads how a page is laid out keeps it.
"""
