"""Highlighting: which words of a page answer a question, and the passage of it that shows them best.

Works on texts and the question's own query tree with the analyzer that made the index, so that what is marked
is what was found. The results, the pages of slides and the machine interface use it through `search/` and
`web/`; it imports `analysis/` and the query classes of `index/`, and reads neither index nor catalogue. Begin
with `matcher.py`; `snippet.py` builds on it.
"""
