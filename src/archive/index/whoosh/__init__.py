"""The embedded search engine: Whoosh keeps the postings on disk, the rest is done here."""
