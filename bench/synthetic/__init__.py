"""Synthetic decks and questions with the word statistics of real Swedish, for all benchmarks that need many.

`corpus.py` reads running text, `decks.py` makes decks of it, `questions.py` questions, `catalogue.py` fills
an archive with the decks. Begin with `decks.py`.
"""
