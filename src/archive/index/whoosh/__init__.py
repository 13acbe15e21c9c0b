"""The embedded search engine: Whoosh's transactions and segments, with postings in arrays mapped into memory.

`engine.py` is the engine, all of the contract in `archive.index.engine`. Below it: `writer/` makes commits,
`searcher/` answers searches over a snapshot, `inspection.py` checks one; `codec/` lets Whoosh itself read our
segments; `segment/` is what a segment holds; `directory/` is files: generations, tables of contents, arrays.
Each imports only those after it (the writer also the searcher's snapshot). Imported by `index/engines.py`
alone. Begin with `engine.py`, then `searcher/searcher.py` or `writer/commit.py`.
"""
