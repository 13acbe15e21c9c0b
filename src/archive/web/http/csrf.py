"""No other site may send forms in a visitor's name.

As OWASP's cheat sheet on request forgery and Go's `http.CrossOriginProtection` have it, a browser says where
a request comes from (`Sec-Fetch-Site`, else `Origin`). Where it says neither, the form needs the token that
its page had. A program that shows a token of its own (`Authorization: Bearer`) is no browser; nothing else in
that header counts, since browsers send a proxy's name and password along with what other sites forge.
"""

import hashlib
import hmac
import secrets

from flask import Flask, request

from archive.errors import ForeignRequest
from archive.web.http.context import current_archive
from archive.web.http.hooks import before, may_change
from archive.web.http.signed_in import COOKIE, has_token

FIELD = "csrf"
_NONCE_BYTES = 12
_REFUSED = "The form is not of this site, or its page is too old. Load the page again and try once more."


def install(app: Flask) -> None:
    """Check every request that may change something, and let the templates write tokens."""
    before(app, may_change, _check)
    app.jinja_env.globals["csrf_token"] = csrf_token


def csrf_token() -> str:
    """Return a token for a form: another each time, so that the length of compressed pages tells nothing."""
    nonce = secrets.token_hex(_NONCE_BYTES)
    return nonce + _signature(nonce)


def _check() -> None:
    if request.method == "OPTIONS" or has_token():
        return
    site = request.headers.get("Sec-Fetch-Site", "")
    if site:
        is_own = site in ("same-origin", "none")
    elif origin := request.headers.get("Origin", ""):
        is_own = origin == request.host_url.rstrip("/")
    else:
        is_own = _is_ours(request.form.get(FIELD, ""))
    if not is_own:
        raise ForeignRequest(_REFUSED)


def _is_ours(token: str) -> bool:
    nonce, signature = token[: 2 * _NONCE_BYTES], token[2 * _NONCE_BYTES :]
    return hmac.compare_digest(signature.encode(), _signature(nonce).encode())


def _signature(nonce: str) -> str:
    """Sign a nonce for this visitor: with a key of the archive, and the session where there is one."""
    key = current_archive().sign_in.form_key
    message = f"{nonce} {request.cookies.get(COOKIE, '')}"
    return hmac.new(key, message.encode(), hashlib.sha256).hexdigest()
