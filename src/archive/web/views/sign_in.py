"""Signing in and out, one-time links, and asking for one by mail."""

from urllib.parse import urlencode, urlsplit

from flask import Blueprint, Response, g, make_response, redirect, render_template, request, url_for

from archive.accounts.credentials import token_digest
from archive.accounts.mail_links import LINK, Wish
from archive.catalogue.accounts import links
from archive.errors import ArchiveError, InputError, NotAllowed, SignInFailed, TooMany
from archive.model.accounts import LinkPurpose, Role
from archive.web.http.context import current_archive
from archive.web.http.language import gettext
from archive.web.http.signed_in import (
    can_use_passkeys,
    client,
    forget_session,
    has_token,
    is_secure,
    keep_session,
    signed_in,
)
from archive.web.presenters.account_texts import refusal_text

blueprint = Blueprint("sign_in", __name__)

_FIELD_MAX_CHARS = 1000

_LOGIN_MAX_CHARS = 200


@blueprint.get("/sign-in")
def form() -> Response:
    """Show the form to sign in; who has signed in is sent on."""
    if signed_in():
        return make_response(redirect(next_address()))
    return form_page(None)


@blueprint.post("/sign-in")
def sign_in() -> Response:
    """Sign in by password."""
    login, password = _field("login"), _field("password")
    remember = bool(request.form.get("remember"))
    archive = current_archive()
    try:
        token = archive.sign_in.by_password(login, password, client(), remember)
    except (SignInFailed, TooMany, NotAllowed) as error:
        return form_page(error, login)
    return begun_session(token, remember)


@blueprint.post("/sign-out")
def sign_out() -> Response:
    """End the session and forget it."""
    found = signed_in()
    if found is not None:
        current_archive().sign_in.out(found)
    return forget_session(make_response(redirect(url_for("search.index"), 303)))


@blueprint.get("/link/<token>")
def link(token: str) -> Response:
    """Show what a one-time link is for. Nothing is used up: scanners of mail open links, too."""
    return link_page(token, None)


@blueprint.post("/link/<token>")
def use_link(token: str) -> Response:
    """Use a one-time link: choose a password, or sign in."""
    archive = current_archive()
    remember = bool(request.form.get("remember"))
    try:
        if request.form.get("purpose") == LinkPurpose.SIGN_IN.value:
            return begun_session(archive.sign_in.by_link(token, client(), remember), remember)
        password = _field("password")
        made = archive.sign_in.set_up(token, password, client(), archive.settings.web.site_name)
    except (InputError, NotAllowed) as error:
        return link_page(token, error)
    return begun_session(made)


def link_page(token: str, error: ArchiveError | None) -> Response:
    """Return the page of a one-time link, with what was refused."""
    archive = current_archive()
    with archive.database.read() as session:
        account, purpose = links.look(session, token_digest(token))
    response = make_response(
        render_template(
            "sign_in/link.html",
            account=account,
            token=token,
            next_address=next_address(),
            is_setup=purpose is LinkPurpose.SETUP,
            needs_passkey=account.role is Role.ADMIN and archive.settings.accounts.admin_second_factor,
            purpose=purpose.value,
            ways=archive.settings.accounts,
            is_secure=is_secure(),
            can_use_passkeys=can_use_passkeys(),
            refusal=refusal_text(error),
        ),
        error.status if error else 200,
    )
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"  # the address is the secret
    return response


def form_page(error: ArchiveError | None, login: str = "", is_link_sent: bool = False) -> Response:
    """Return the page to sign in, with what was refused."""
    response = make_response(
        render_template(
            "sign_in/sign_in.html",
            login=login,
            is_link_sent=is_link_sent,
            oidc=current_archive().settings.oidc,
            next_address=next_address(),
            ways=current_archive().settings.accounts,
            is_secure=is_secure(),
            can_use_passkeys=can_use_passkeys(),
            refusal=refusal_text(error),
        ),
        error.status if error else 200,
    )
    if isinstance(error, TooMany):
        response.headers["Retry-After"] = str(error.wait_s)
    response.headers["Cache-Control"] = "no-store"
    return response


def begun_session(token: str, remember: bool = False, address: str = "") -> Response:
    """Return the way on for somebody who has just signed in, with the session's cookie."""
    g.has_stale_cookie = False
    before = signed_in()
    if (
        before is not None and not has_token()
    ):  # the browser forgets its token, so that it is of no use any more
        current_archive().sign_in.out(before)
    days = current_archive().settings.accounts.remembered_days if remember else None
    return keep_session(make_response(redirect(address or next_address(), 303)), token, days)


def _field(name: str) -> str:
    return request.form.get(name, "")[:_FIELD_MAX_CHARS]


def next_address() -> str:
    """Return where to go on: an address of this site, whatever the form says."""
    wanted = request.values.get("next", "")
    parts = urlsplit(wanted)
    is_ours = wanted.startswith("/") and not wanted.startswith("//") and "\\" not in wanted
    if is_ours and not parts.scheme and not parts.netloc and wanted.isprintable():
        return wanted
    return url_for("search.index")


@blueprint.post("/sign-in/link")
def ask() -> Response:
    """Take the wish for a link; the answer is the same whether or not there is such an account."""
    archive = current_archive()
    login = request.form.get("mail", "")[:_LOGIN_MAX_CHARS]
    minutes = f"{archive.settings.accounts.mail_link_min:g}"
    site_name = archive.settings.web.site_name
    text = gettext(
        "Öppna länken och tryck på ”Logga in”. Den går att använda en gång och gäller i %(minutes)s minuter.",
        minutes=minutes,
    )
    unasked = gettext("Har du inte bett om någon länk kan du strunta i det här brevet.")
    wish = Wish(
        login=login,
        site_address=request.host_url.rstrip("/") + request.script_root,
        next_address=""
        if next_address() == url_for("search.index")
        else f"?{urlencode({'next': next_address()})}",
        subject=gettext("Logga in på %(site)s", site=site_name),
        text=f"{text}\n\n{LINK}\n\n{unasked}\n",
    )
    try:
        archive.mail_links.ask(wish, client())
    except (InputError, TooMany) as error:
        return form_page(error)
    return form_page(None, is_link_sent=True)
