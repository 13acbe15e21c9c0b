"""An oracle: a search engine over Whoosh's own postings, scored one by one. Slow, and obvious.

It shares nothing with the product's engine but the schema, the generations and the formula of BM25, keeps the
contract of all engines (`test_contract.py`), and is asked the same as the product's engine by
`tests/index/test_differential.py`, `tests/index/test_scores.py` and `bench/`. Begin with `engine.py`.
"""
