"""Addresses and templates are compiled once for all applications of a process.

Addresses are compiled when they are first asked for. Werkzeug compiles those of every route of an application
as it is made: most of the time that a server takes to start, for code of which a page asks a fifth.
"""

from collections.abc import Callable
from typing import Any

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
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


class _Compiled(BytecodeCache):
    """Code by what it was compiled from: the key has the template's name, the checksum its text."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template its code, if it was compiled before."""
        kept = self._kept.get((bucket.key, bucket.checksum))
        if kept is not None:
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template."""
        self._kept[bucket.key, bucket.checksum] = bucket.bytecode_to_string()


_TEMPLATES = _Compiled()


def share_compiled_templates(app: Flask) -> None:
    """Have an application use what others have compiled; all must compile with the same options."""
    app.jinja_env.bytecode_cache = _TEMPLATES
