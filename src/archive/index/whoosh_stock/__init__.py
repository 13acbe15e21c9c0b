"""The stock Whoosh engine: Whoosh's own postings, scored one by one; the oracle of the fast engine."""
