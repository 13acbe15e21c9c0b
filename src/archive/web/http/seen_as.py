"""A page as somebody else would see it: for previews."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import g

from archive.model.visibility import Visibility
from archive.web.http.context import keep_visitor_below


@contextmanager
def seen_as(level: Visibility) -> Iterator[None]:
    """Render what is inside as for a visitor of a level who has not signed in."""
    kept = {name: g.get(name) for name in ("visitor", "signed_in")}
    keep_visitor_below(level)
    g.signed_in, g.preview_of = None, level
    try:
        yield
    finally:
        g.visitor, g.signed_in, g.preview_of = kept["visitor"], kept["signed_in"], None


def preview_of() -> Visibility | None:
    """Return as whose eyes the page is rendered, None for a page that is no preview."""
    level: Visibility | None = g.get("preview_of")
    return level
