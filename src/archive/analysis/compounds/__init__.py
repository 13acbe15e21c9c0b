"""Compounds: where a Swedish word divides into parts.

A logistic model (`weights.json`, learned by `python -m bench.splitter`) scores every boundary on what the
lexicon knows of both sides; `exceptions.txt` lists words whose parts are given instead. Used by the
lemmatizer, suspended compounds and the speller; imports the lexicon and the stemmer. Begin with
`splitter.py`.
"""
