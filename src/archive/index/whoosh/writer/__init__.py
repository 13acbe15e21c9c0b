"""Commits, rebuilds and compaction.

`writer.py` writes batches and whole new indexes; `commit.py` is one commit, with the merges that
`merge_policy.py` says are due; `segment_writer.py` writes one segment, whose postings `postings_writer.py`
makes of tokens and `postings_merger.py` joins with those of merged segments; `compaction.py` merges when
there is nothing else to do; `validation.py` refuses what cannot be indexed. Imports `codec/`, `segment/`,
`directory/` and the searcher's snapshot; imported by the engine and `index/engines.py`. Begin with
`writer.py`.
"""
