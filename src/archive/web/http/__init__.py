"""What holds for every request: visitor, language, security headers, compression, caching, static files.

Views and presenters import it; it imports neither. Begin reading in `context.py`, which gives a view the
archive and its visitor; `hooks.py` says which requests a hook is for.
"""
