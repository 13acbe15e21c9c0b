"""Our segments as a Whoosh codec: Whoosh's own readers and matchers over our arrays.

Searches go around it; it serves the kinds of query that the evaluator does not know, and names the format in
Whoosh's table of contents. Imports `segment/`; imported by searcher and writer. Begin with `codec.py`.
"""
