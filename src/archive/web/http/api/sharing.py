"""Other sites' scripts may read what everybody may read (CORS), and nothing else.

Where visitors see more without signing in (`web.visitor`), or somebody has signed in or shows a token, a
script of another site is not let in: it would read with its visitor's eyes.
"""

from flask import Flask, Response, request

from archive.visibility import finds_more_than_everybody
from archive.web.http.api.rates import PREFIX
from archive.web.http.context import current_visitor
from archive.web.http.signed_in import signed_in

_EXPOSED = "ETag, Link, RateLimit, RateLimit-Policy, Retry-After"


def install(app: Flask) -> None:
    """Say of each answer below `/api/` who may read it."""
    app.after_request(_share)


def _share(response: Response) -> Response:
    if not request.path.startswith(PREFIX):
        return response
    response.vary.add("Authorization")
    if signed_in() is None and not finds_more_than_everybody(current_visitor()):
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = _EXPOSED
    return response
