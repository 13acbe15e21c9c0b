"""Passkeys: what a browser is asked, and forms that bring its answers (`static/passkeys.js`)."""

from typing import TYPE_CHECKING

from flask import Blueprint, Response, make_response, redirect, request, url_for

from archive.errors import InputError, NotAllowed, TooMany
from archive.model.accounts import Role
from archive.web.http.context import current_archive
from archive.web.http.signed_in import by_people_alone, client, current_account, for_role, site
from archive.web.views.account import account_page
from archive.web.views.sign_in import begun_session, form_page, link_page

if TYPE_CHECKING:  # imported where a passkey is used: it takes longer than all else of the start
    from archive.accounts.passkeys import Passkeys

blueprint = Blueprint("passkeys", __name__)
blueprint.before_request(by_people_alone)

_ANSWER_MAX_CHARS = 16 * 1024
_NAME_MAX_CHARS = 200


@blueprint.post("/sign-in/passkey/options")
def ask_to_sign() -> Response:
    """Say what to ask the browser of somebody who signs in."""
    return _options(_passkeys().ask_to_sign(client()))


@blueprint.post("/sign-in/passkey")
def sign() -> Response:
    """Sign in by passkey."""
    remember = bool(request.form.get("remember"))
    try:
        token = _passkeys().sign(_answer(), client(), remember)
    except (InputError, NotAllowed, TooMany) as error:
        return form_page(error)
    return begun_session(token, remember)


@blueprint.post("/link/<token>/passkey/options")
def ask_to_set_up(token: str) -> Response:
    """Say what to ask the browser of somebody who makes a passkey with a one-time link."""
    return _options(_passkeys().ask_to_set_up(token))


@blueprint.post("/link/<token>/passkey")
def set_up(token: str) -> Response:
    """Use a one-time link: make a passkey."""
    try:
        made = _passkeys().set_up(token, _answer(), client())
    except (InputError, NotAllowed) as error:
        return link_page(token, error)
    return begun_session(made)


@blueprint.post("/account/passkeys/options")
@for_role(Role.MEMBER)
def ask_to_make() -> Response:
    """Say what to ask the browser of somebody who adds a passkey to their account."""
    return _options(_passkeys().ask_to_make(current_account().account))


@blueprint.post("/account/passkeys")
@for_role(Role.MEMBER)
def make() -> Response:
    """Add a passkey to one's own account."""
    try:
        _passkeys().make(current_account(), _answer(), request.form.get("name", "")[:_NAME_MAX_CHARS])
    except (InputError, NotAllowed) as error:
        return account_page(error)
    return _back("passkey")


@blueprint.post("/account/passkeys/<credential_id>/end")
@for_role(Role.MEMBER)
def remove(credential_id: str) -> Response:
    """Remove a passkey from one's own account."""
    try:
        _passkeys().remove(current_account(), credential_id)
    except InputError as error:
        return account_page(error)
    return _back("passkey-removed")


def _passkeys() -> "Passkeys":
    from archive.accounts.passkeys import Passkeys

    archive = current_archive()
    return Passkeys(archive.database, archive.settings.accounts, archive.sign_in, site())


def _answer() -> str:
    return request.form.get("credential", "")[:_ANSWER_MAX_CHARS]


def _options(options: str) -> Response:
    response = make_response(options)
    response.mimetype = "application/json"
    response.headers["Cache-Control"] = "no-store"
    return response


def _back(done: str) -> Response:
    return make_response(redirect(url_for("account.index", done=done), 303))
