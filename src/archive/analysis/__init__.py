"""Text analysis: what the words of a text are, and which index terms they become, Swedish first.

`analyzer.py` has the protocol that indexing, queries and highlighting are written against, `swedish.py` the
only analyzer and the function that opens it. The rest are its steps: normal form, tokens, stop words, lemmas
(`lexicon/`), compound parts (`compounds/`), stems. Language detection and the Swedish sort order live here
because they know the language and nothing else. Any package above may import this one; it imports settings
and errors, and never the index: an index whose fingerprint differs from the analyzer's is rebuilt. Begin with
`swedish.py`.
"""
