"""Other sites' scripts may read what everybody may read (CORS), and what a token that they show may read.

A browser sends cookies by itself, a token only where a script was given it: with a session no script of
another site is let in, since it would read with its visitor's eyes. Nor is it where visitors see more without
signing in (`web.visitor`). Before a script may send a header of its own (`Authorization`, `If-None-Match`),
its browser asks with OPTIONS, without any token: that is answered for routes that are there to be read, and
is not counted.
"""

from http import HTTPStatus

from flask import Flask, Response

from archive.model.visibility import Visibility
from archive.visibility import finds_more_than_everybody
from archive.web.http.context import current_archive
from archive.web.http.hooks import API, after, before, below
from archive.web.http.security import METHODS, is_preflight
from archive.web.http.signed_in import has_token, signed_in

_EXPOSED = "ETag, Link, RateLimit, RateLimit-Policy, Retry-After"
_MAY_BE_SENT = "Accept, Accept-Language, Authorization, Content-Type, If-None-Match"
_KEPT_S = 24 * 3600


def install(app: Flask) -> None:
    """Say of each answer below `/api/` who may read it, also before it is asked for."""
    before(app, below(API), _answer_preflight)
    after(app, below(API), _share)


def _answer_preflight() -> Response | None:
    """Return what a browser may send for a script of another site; None leaves the request to be refused."""
    if not is_preflight() or not _is_shared():
        return None
    response = Response(status=HTTPStatus.NO_CONTENT)
    response.headers["Access-Control-Allow-Methods"] = ", ".join(METHODS)
    response.headers["Access-Control-Allow-Headers"] = _MAY_BE_SENT
    response.headers["Access-Control-Max-Age"] = str(_KEPT_S)
    return response


def _share(response: Response) -> Response:
    response.vary.add("Authorization")
    if _is_shared():
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = _EXPOSED
    return response


def _is_shared() -> bool:
    without_signing_in = Visibility(current_archive().settings.web.visitor)
    has_session = signed_in() is not None and not has_token()
    is_open = not finds_more_than_everybody(without_signing_in)
    return is_open and not has_session
