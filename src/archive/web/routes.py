"""Routes whose addresses are put together by code that is compiled when the first one is asked for.

Werkzeug compiles it for every route of an application as it is made: most of the time that a server takes to
start, for code of which a page asks a fifth.
"""

from collections.abc import Callable
from typing import Any

from flask import Flask
from werkzeug.routing import Rule

Builder = Callable[..., tuple[str, str]]
_COMPILED: dict[tuple[object, ...], Builder] = {}


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
