"""Addresses as pages read and build them: which parameters they know, and routes that are compiled once.

Addresses are compiled when they are first asked for, once for all applications of a process. Werkzeug
compiles those of every route of an application as it is made: most of the time that a server takes to start,
for code of which a page asks a fifth.
"""

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_from_bytes

from flask import Flask
from werkzeug.routing import Rule

from archive.index.schema import Facet

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# Identifiers, years, codes and media types: no value of a facet has other letters.
FACET_VALUE = re.compile(r"[\w./+-]{1,100}", re.ASCII)
_FACETS = frozenset(facet.value for facet in Facet)
_OTHERS = frozenset({"q", "sort", "view", "only", "page", "back", "show", "marks", "letter", "find", "s"})
_MAX_CHARS = 4000
_PRINTABLE = bytes(range(0x21, 0x7F))

Builder = Callable[..., tuple[str, str]]
_COMPILED: dict[tuple[object, ...], Builder] = {}


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


class Route(Rule):
    """A rule like Werkzeug's, whose builders are compiled once for all applications of a process."""

    def _compile_builder(self, append_unknown: bool = True) -> Builder:
        """Return what builds an address; it compiles itself when it is first called."""

        def build(rule: "Route", **values: Any) -> tuple[str, str]:
            return rule._builder(append_unknown)(rule, **values)

        return build

    def _builder(self, append_unknown: bool) -> Builder:
        """Return compiled code; it is a function of the rule it is called for, and of nothing else of it."""
        if self.defaults:  # they become a part of the code
            return super()._compile_builder(append_unknown)
        key = (self.rule, self.subdomain, self.host, self.merge_slashes, append_unknown)
        compiled = _COMPILED.get(key)
        if compiled is None:
            compiled = _COMPILED[key] = super()._compile_builder(append_unknown)
        return compiled


class Application(Flask):
    """Flask with such routes."""

    url_rule_class = Route
