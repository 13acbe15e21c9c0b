"""How a talk, deck, slide or report is cited: as text in six styles, and as records for reference programs.

Reads the catalogue for one visitor, writes nothing. Begin with `item.py`.
"""
