"""The parameters of addresses that pages read: what links of a page may repeat."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import quote_from_bytes

from flask import Flask

from archive.index.schema import Facet

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# Identifiers, years, codes and media types: no value of a facet has other letters.
FACET_VALUE = re.compile(r"[\w./+-]{1,100}", re.ASCII)
_FACETS = frozenset(facet.value for facet in Facet)
_OTHERS = frozenset({"q", "sort", "view", "only", "page", "back", "show", "marks", "letter", "find", "s"})
_MAX_CHARS = 4000
_PRINTABLE = bytes(range(0x21, 0x7F))


def install(app: Flask) -> None:
    """Let the application read parameters whatever bytes they are sent in."""
    app.wsgi_app = QuotedQuery(app.wsgi_app)  # type: ignore[method-assign] # Flask's documented way


class QuotedQuery:
    """Writes bytes that no address has with percent signs: Werkzeug fails at those that are not UTF-8."""

    def __init__(self, inner: "WSGIApplication") -> None:
        self._inner = inner

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a WSGI request."""
        query: str = environ.get("QUERY_STRING", "")
        if not query.isascii():
            environ["QUERY_STRING"] = quote_from_bytes(query.encode("latin-1"), safe=_PRINTABLE)
        return self._inner(environ, start_response)


def known_pairs(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return those pairs of name and value that pages know; none where they are longer than pages read."""
    known = [
        (name, value)
        for name, value in pairs
        if name in _OTHERS or (name in _FACETS and FACET_VALUE.fullmatch(value))
    ]
    return known if sum(len(value) for _, value in known) <= _MAX_CHARS else []
