"""Hooks that concern some requests alone are installed here, and run for no others.

Where a hook is installed it says which requests it is for; in what order hooks run is Flask's: that in which
they are installed before a view, the other way round after it.
"""

from collections.abc import Callable

from flask import Flask, Response, request

from archive.web.http.security import METHODS

API = "/api/"
"""What the addresses begin with that are for programs."""

Condition = Callable[[], bool]


def may_change() -> bool:
    """Return whether the request may change something."""
    return request.method not in METHODS


def below(prefix: str) -> Condition:
    """Return what says whether the path of the request begins with something."""
    return lambda: request.path.startswith(prefix)


def before(app: Flask, concerns: Condition, hook: Callable[[], Response | None]) -> None:
    """Run a hook before the views of the requests that it concerns; a response of it is the answer."""
    app.before_request(lambda: hook() if concerns() else None)


def after(app: Flask, concerns: Condition, hook: Callable[[Response], Response]) -> None:
    """Let a hook change the responses to the requests that it concerns."""
    app.after_request(lambda response: hook(response) if concerns() else response)
