"""Signing in at the organisation's OpenID provider: on the way there, and on the way back."""

from typing import TYPE_CHECKING

from flask import Blueprint, Response, current_app, make_response, redirect, request

from archive.accounts.credentials import new_token
from archive.errors import NotFound, SignInFailed, TooMany
from archive.web.http.context import current_archive
from archive.web.http.language import site_root
from archive.web.http.signed_in import client
from archive.web.views.sign_in import begun_session, form_page, next_address

if TYPE_CHECKING:  # imported where somebody signs in so: it takes long
    from archive.accounts.oidc import Oidc

blueprint = Blueprint("oidc", __name__)

COOKIE = "__Host-archive-oidc"
"""Binds a sign-in that has begun to its browser, for ten minutes."""

_EXTENSION = "archive.oidc"
_COOKIE_S = 600
_VALUE_MAX_CHARS = 4000


@blueprint.get("/sign-in/oidc")
def begin() -> Response:
    """Send the browser to the provider."""
    browser = request.cookies.get(COOKIE, "") or new_token()  # several may have begun in one browser
    try:
        address = _oidc().begin(_redirect_uri(), next_address(), browser, client())
    except (SignInFailed, TooMany) as error:
        return form_page(error)
    response = make_response(redirect(address, 303))
    response.set_cookie(COOKIE, browser, max_age=_COOKIE_S, secure=True, httponly=True, samesite="Lax")
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/sign-in/oidc/back")
def finish() -> Response:
    """Sign in who comes back from the provider."""
    from archive.accounts.oidc import Returned

    said = {name: request.args.get(name, "")[:_VALUE_MAX_CHARS] for name in ("state", "code", "iss", "error")}
    returned = Returned(said["state"], said["code"], said["iss"], said["error"])
    try:
        token, address = _oidc().finish(returned, request.cookies.get(COOKIE, ""), client())
    except SignInFailed as error:
        return form_page(error)
    return begun_session(token, address=address)


def _oidc() -> "Oidc":
    """Return the way of this application, which keeps what the provider says of itself."""
    from archive.accounts.oidc import Oidc

    archive = current_archive()
    if not archive.settings.oidc.issuer:
        raise NotFound("There is no such way to sign in here.")
    made: Oidc = current_app.extensions.setdefault(
        _EXTENSION, Oidc(archive.database, archive.settings.oidc, archive.sign_in)
    )
    return made


def _redirect_uri() -> str:
    """Return where the provider sends browsers back to: one address for all languages, to be told there."""
    return f"{request.host_url.rstrip('/')}{site_root()}/sign-in/oidc/back"
