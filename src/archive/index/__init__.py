"""The search index: pages in groups, found by terms. It is derived from the catalogue and may be made again.

`engine.py` is what every engine must offer, in the words of `query.py`, `search.py`, `schema.py` and
`documents.py`; no engine is named there or above this package, and `engines.py` alone opens one.
`indexer.py` keeps an index up to date with the catalogue: `catalogue_reader.py` reads documents,
`document_indexer.py` decides which words go where (`file_words.py`), `discarding.py` says
whether an index may be given up, `turns.py` whose turn it is to write and what happens without a server that
is away, `bulk.py` and `part.py` share the work of a whole new index, `follower.py` does it all in a thread.
`validation.py` sees that documents can be indexed at all. `whoosh/` and `opensearch/` are the engines there
are. Imported by search, highlight, query, spelling and above; imports the catalogue, the analysis and what is
below. Begin with `engine.py`, then `indexer.py`.
"""
