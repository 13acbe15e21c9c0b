"""Accounts, for admins: who there is, new ones, roles, one-time links, and the end of one."""

from collections.abc import Callable

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from archive.accounts.setup_links import new_setup_link
from archive.catalogue.accounts import accounts, login_sessions
from archive.catalogue.database.sessions import Session
from archive.errors import ArchiveError, InputError
from archive.model.accounts import Account, Role
from archive.web.http.context import current_archive
from archive.web.http.language import gettext, site_root
from archive.web.http.signed_in import by_people_alone, current_account, for_role
from archive.web.presenters.account_texts import refusal_text

blueprint = Blueprint("accounts", __name__)
blueprint.before_request(by_people_alone)


@blueprint.get("/staff/accounts")
@for_role(Role.ADMIN)
def index() -> Response:
    """List the accounts, with a form for a new one."""
    return _page()


@blueprint.post("/staff/accounts")
@for_role(Role.ADMIN)
def add() -> Response:
    """Add an account and show its one-time link, once."""
    login, name = request.form.get("login", ""), request.form.get("name", "")
    try:
        role = _role()
        with current_archive().database.write() as session:
            account = accounts.add(session, login, name, role, _actor())
    except InputError as error:
        return _page(error)
    return _page(link_of=account)


@blueprint.post("/staff/accounts/<account_id>/link")
@for_role(Role.ADMIN)
def new_link(account_id: str) -> Response:
    """Give an account a new one-time link; one that was ended begins again."""
    with current_archive().database.write() as session:
        accounts.begin_again(session, account_id, _actor())
        account = accounts.account(session, account_id)
    return _page(link_of=account)


@blueprint.post("/staff/accounts/<account_id>/role")
@for_role(Role.ADMIN)
def set_role(account_id: str) -> Response:
    """Give an account another role; its sessions end."""
    return _change(lambda session: accounts.set_role(session, account_id, _role(), _actor()))


@blueprint.post("/staff/accounts/<account_id>/sessions/end")
@for_role(Role.ADMIN)
def end_sessions(account_id: str) -> Response:
    """End all sessions of an account."""
    return _change(lambda session: login_sessions.end_all(session, account_id))


@blueprint.post("/staff/accounts/<account_id>/end")
@for_role(Role.ADMIN)
def end(account_id: str) -> Response:
    """End an account."""
    return _change(lambda session: accounts.end(session, account_id, _actor()))


def _change(change: Callable[[Session], object]) -> Response:
    try:
        with current_archive().database.write() as session:
            change(session)
    except InputError as error:
        return _page(error)
    return make_response(redirect(url_for("accounts.index"), 303))


def _role() -> Role:
    try:
        return Role(request.form.get("role", ""))
    except ValueError:
        raise InputError(gettext("Välj en roll.")) from None


def _actor() -> str:
    return current_account().account.login


def _page(error: ArchiveError | None = None, link_of: Account | None = None) -> Response:
    """Show the list; with `link_of` a new one-time link of that account, this once."""
    archive = current_archive()
    path = link_of and new_setup_link(archive.database, link_of.id, archive.settings.accounts, _actor())
    with archive.database.read() as session:
        listed = accounts.list_accounts(session)
    page = render_template(
        "accounts/accounts.html",
        accounts=listed,
        roles=list(Role),
        link_of=link_of,
        link=f"{request.host_url.rstrip('/')}{site_root()}{path}" if path else "",
        link_h=archive.settings.accounts.setup_link_h,
        own_id=current_account().account.id,
        refusal=refusal_text(error),
    )
    return make_response(page, error.status if error else 200)
