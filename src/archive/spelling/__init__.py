"""Spelling correction: the words of the archive that a mistyped word may mean.

`speller.py` is the only entrance: it looks up near words (`symspell.py`), ranks them by the mistakes that
writers of Swedish make (`edit_costs.py`), and corrects compounds part by part. Used by
`search/did_you_mean.py`; imports the lexicon and the compound splitter of `analysis/`.
"""
