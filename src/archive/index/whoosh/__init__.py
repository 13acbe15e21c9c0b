"""The embedded search engine: Whoosh with postings in mapped arrays, and what both Whoosh engines share."""
