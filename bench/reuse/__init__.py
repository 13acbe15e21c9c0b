"""How well and how fast the same slide is found in other decks: `python -m bench.reuse CORPUS`."""
