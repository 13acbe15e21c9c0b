"""The lexicon: lemmas, frequencies, compound parts and translations of Swedish and English words.

It is compiled once per Python environment from installed packages, which `sources.py` finds and
`dictionaries.py` reads, and opened as memory-mapped tables. Words are lowercase and without foreign
accents throughout. `build.py` opens or makes it, `compile.py` writes its files, `lexicon.py` reads them;
only these two need `layout.py` and `tables.py`. Imports nothing of the archive but normalization, the
stemmer and errors. Begin with `lexicon.py`.
"""
