"""Tokens for programs, on one's own account: made, shown once, ended."""

from flask import Blueprint, Response, make_response, redirect, request, url_for

from archive.accounts.api_tokens import new_api_token
from archive.catalogue.accounts import api_tokens
from archive.errors import InputError
from archive.model.accounts import Role, TokenScope
from archive.web.http.context import current_archive
from archive.web.http.language import gettext
from archive.web.http.signed_in import by_people_alone, current_account, for_role
from archive.web.views.account import account_page

blueprint = Blueprint("api_tokens", __name__)
blueprint.before_request(by_people_alone)

_NAME_MAX_CHARS = 200


@blueprint.post("/account/tokens")
@for_role(Role.MEMBER)
def add() -> Response:
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
def end(token_id: str) -> Response:
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
