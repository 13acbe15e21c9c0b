"""Somebody's own account: where they have signed in, their password, their tokens for programs."""

from datetime import UTC, datetime

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from archive.accounts.api_tokens import new_api_token
from archive.catalogue import audit
from archive.catalogue.accounts import api_tokens, login_sessions, passkeys
from archive.errors import ArchiveError, InputError, SignInFailed, TooMany
from archive.model.accounts import Role, TokenScope
from archive.web.http.context import current_archive
from archive.web.http.language import gettext
from archive.web.http.signed_in import (
    by_people_alone,
    can_use_passkeys,
    client,
    current_account,
    for_role,
    forget_session,
    keep_session,
    may,
)
from archive.web.presenters.account_texts import refusal_text

blueprint = Blueprint("account", __name__)
blueprint.before_request(by_people_alone)

_FIELD_MAX_CHARS = 1000

_NAME_MAX_CHARS = 200


@blueprint.get("/account")
@for_role(Role.MEMBER)
def index() -> Response:
    """Show somebody's own account."""
    return account_page(None)


@blueprint.post("/account/password")
@for_role(Role.MEMBER)
def change_password() -> Response:
    """Change one's own password; all other sessions end."""
    archive = current_archive()
    old, new = (request.form.get(name, "")[:_FIELD_MAX_CHARS] for name in ("old", "password"))
    try:
        token = archive.sign_in.change_password(
            current_account(), old, new, client(), archive.settings.web.site_name
        )
    except (InputError, SignInFailed, TooMany) as error:
        return account_page(error)
    return keep_session(make_response(redirect(url_for("account.index", done="password"), 303)), token)


@blueprint.post("/account/sessions/<session_id>/end")
@for_role(Role.MEMBER)
def end_session(session_id: str) -> Response:
    """End one of one's own sessions."""
    found = current_account()
    with current_archive().database.write() as session:
        login_sessions.end(session, found.account.id, session_id)
        audit.record(session, found.account.login, "account.session", found.account.id, "ended", session_id)
    if session_id == found.login_session.id:
        return forget_session(make_response(redirect(url_for("search.index"), 303)))
    return make_response(redirect(url_for("account.index", done="session"), 303))


@blueprint.post("/account/sessions/end")
@for_role(Role.MEMBER)
def end_sessions() -> Response:
    """End all of one's own sessions but this one."""
    found = current_account()
    with current_archive().database.write() as session:
        count = login_sessions.end_all(session, found.account.id, but=found.login_session.id)
        audit.record(session, found.account.login, "account.session", found.account.id, "ended", str(count))
    return make_response(redirect(url_for("account.index", done="sessions"), 303))


def account_page(error: ArchiveError | None, new_token: str = "") -> Response:
    """Return the page of somebody's own account, with what was refused; with a new token, this once."""
    archive, found = current_archive(), current_account()
    with archive.database.read() as session:
        sessions = login_sessions.of_account(session, found.account.id, datetime.now(UTC))
        own_passkeys = passkeys.of_account(session, found.account.id)
        own_tokens = api_tokens.of_account(session, found.account.id)
    page = render_template(
        "account/account.html",
        sessions=sessions,
        passkeys=own_passkeys,
        tokens=own_tokens,
        new_token=new_token,
        scopes=list(TokenScope) if may(Role.STAFF) else [TokenScope.READ],
        can_use_passkeys=can_use_passkeys(),
        current_session_id=found.login_session.id,
        account=found.account,
        ways=archive.settings.accounts,
        done=request.args.get("done", ""),
        refusal=refusal_text(error),
    )
    return make_response(page, error.status if error else 200)


@blueprint.post("/account/tokens")
@for_role(Role.MEMBER)
def add_token() -> Response:
    """Make a token and show it, once."""
    found = current_account().account
    name = request.form.get("token-name", "")[:_NAME_MAX_CHARS]
    try:
        scope, days = _scope_and_days(found.role)
        token, _ = new_api_token(current_archive().database, found, name, scope, days, found.login)
    except InputError as error:
        return account_page(error)
    return account_page(None, token)


@blueprint.post("/account/tokens/<token_id>/end")
@for_role(Role.MEMBER)
def end_token(token_id: str) -> Response:
    """End one of one's own tokens."""
    found = current_account().account
    with current_archive().database.write() as session:
        api_tokens.end(session, found.id, token_id, found.login)
    return make_response(redirect(url_for("account.index", done="token"), 303))


def _scope_and_days(role: Role) -> tuple[TokenScope, int]:
    """Return what the form asks for; members write nothing, so their tokens do not either."""
    try:
        scope, days = TokenScope(request.form.get("scope", "")), int(request.form.get("days", ""))
    except ValueError:
        raise InputError(gettext("Välj vad nyckeln får göra och hur länge.")) from None
    if scope is TokenScope.WRITE and not role.includes(Role.STAFF):
        raise InputError(gettext("Välj vad nyckeln får göra och hur länge."))
    return scope, days
