"""A seminar's page as its outline: blocks in the order that a person reads them. For the confined child.

Unlike `flowing/html.py`, which finds words for the search, this keeps where links stand, what is bold and
which cell of a table a text is in, and leaves out menus, banners and side columns. Begin with `reader.py`.
"""
