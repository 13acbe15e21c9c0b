"""Searches over one snapshot, with whole arrays.

`searcher.py` answers one search: `queries.py` compiles it, `evaluate.py` finds the pages of a segment
that match and scores them (`phrase.py`, `prefix.py`, `statistics.py` with BM25F and the words there are,
and `fallback.py` for queries of other kinds), `docset.py` leaves out what a visitor may not see,
`runs.py` and `groups.py` count and order. `snapshot.py` gives each search the newest committed state, with
numbers for its strings.
Imports `codec/`, `segment/` and `directory/`; imported by the engine, and `snapshot.py` by the writer.
Begin with `searcher.py`.
"""
