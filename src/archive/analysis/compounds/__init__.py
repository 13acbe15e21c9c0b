"""Compounds: where a Swedish word is put together, by weights learnt from hand-split words."""
