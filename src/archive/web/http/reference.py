"""A reference for each request, in the journal's edits and where the log tells that a request failed."""

import secrets

from flask import g


def request_reference() -> str:
    """Return the reference of the request that is answered: the same each time."""
    if "request_reference" not in g:
        g.request_reference = secrets.token_hex(4)
    reference: str = g.request_reference
    return reference
