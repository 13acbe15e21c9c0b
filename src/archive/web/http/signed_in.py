"""Who asks: the account behind a request's session cookie, and what only some may ask for.

Visitors who do not sign in get no cookie and, once there are accounts, cost no query. The session is looked
up before the view runs, so that a view's own read of the catalogue never holds a second one.
"""

from collections.abc import Callable
from functools import wraps
from ipaddress import ip_address
from typing import Any, ParamSpec, TypeVar

from flask import Flask, Response, current_app, g, request

from archive.accounts.relying_party import RelyingParty
from archive.accounts.sign_in import Client, SignedIn
from archive.catalogue.accounts import accounts
from archive.errors import NotAllowed, NotSignedIn
from archive.model.accounts import Role, TokenScope
from archive.web.http.context import current_archive, keep_visitor_below, raise_visitor
from archive.web.http.security import METHODS

COOKIE = "__Host-archive-session"
_EXTENSION = "archive.accounts_in_use"
_DAY_S = 24 * 3600
Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")

_BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
_MAX_CHARS = 60


def install(app: Flask) -> None:
    """Find out who asks before each request, and tell the templates."""
    app.extensions[_EXTENSION] = _AccountsInUse()
    app.before_request(_find_session)
    app.after_request(_keep_to_themselves)
    app.context_processor(
        lambda: {
            "signed_in": signed_in(),
            "can_sign_in": g.get("can_sign_in", False),
            "may_manage": may(Role.STAFF),
            "is_admin": may(Role.ADMIN),
        }
    )


def signed_in() -> SignedIn | None:
    """Return who has signed in, None for a visitor who has not."""
    found: SignedIn | None = g.get("signed_in")
    return found


def may(role: Role) -> bool:
    """Return whether the visitor has a role, or one above it."""
    found = signed_in()
    return found is not None and found.account.role.includes(role)


def current_account() -> SignedIn:
    """Return who has signed in; raises NotSignedIn."""
    found = signed_in()
    if found is None:
        raise NotSignedIn("Sign in to see this page.")
    return found


def by_people_alone() -> None:
    """Refuse programs with a token: they look after no accounts, their owner's neither.

    A token that leaks makes no others, and takes nothing over. For `before_request` of a blueprint.
    """
    if has_token():
        raise NotAllowed("A token may not look after accounts. Sign in to do so.")


def has_token() -> bool:
    """Return whether a program asks, with a token that is right."""
    return bool(g.get("has_token"))


def has_token_of(role: Role) -> bool:
    """Return whether a program asks with a token, which may be one that only reads, of who has a role."""
    owner_role: Role | None = g.get("token_owner_role")
    return owner_role is not None and owner_role.includes(role)


def for_role(role: Role) -> Callable[[Callable[Arguments, Answer]], Callable[Arguments, Answer]]:
    """Let a view answer only those who have a role, or one above it.

    Others get NotSignedIn or NotAllowed. The role is kept at the view (`required_role`) for the tests that
    go through all addresses.
    """

    def decorate(view: Callable[Arguments, Answer]) -> Callable[Arguments, Answer]:
        @wraps(view)
        def checked(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Answer:
            if not current_account().account.role.includes(role):
                raise NotAllowed("Your account may not do this. Ask an admin.")
            return view(*args, **kwargs)

        marked: Any = checked
        marked.required_role = role
        return checked

    return decorate


def client() -> Client:
    """Return where the request comes from, for throttling and for the list of sessions."""
    return Client(request.remote_addr or "", device_name(request.headers.get("User-Agent", "")))


def is_secure() -> bool:
    """Return whether a browser keeps a session's cookie here: by TLS, or on the machine itself."""
    name = request.host.rsplit(":", 1)[0].strip("[]")
    try:
        is_this_machine = ip_address(name).is_loopback
    except ValueError:
        is_this_machine = name == "localhost" or name.endswith(".localhost")
    return request.scheme == "https" or is_this_machine


def site() -> RelyingParty:
    """Return the site as passkeys know it."""
    host = request.host if request.host.startswith("[") else request.host.partition(":")[0]
    return RelyingParty(host, request.host_url.rstrip("/"), current_archive().settings.web.site_name)


def can_use_passkeys() -> bool:
    """Return whether passkeys are switched on, and browsers take them at this address."""
    return current_archive().settings.accounts.passkey and is_secure() and site().can_have_passkeys


def keep_session(response: Response, token: str, days: float | None = None) -> Response:
    """Let the browser keep a session's token; with `days` also after it was closed."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=None if days is None else int(days * _DAY_S),
        secure=True,
        httponly=True,
        samesite="Lax",
    )
    return response


def forget_session(response: Response) -> Response:
    """Let the browser forget the session, and the pages that it has kept."""
    response.delete_cookie(COOKIE, secure=True, httponly=True, samesite="Lax")
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def _find_session() -> None:
    if request.endpoint == "static":
        return
    scheme, _, bearer = request.headers.get("Authorization", "").partition(" ")
    token = request.cookies.get(COOKIE, "")
    if scheme.lower() == "bearer":
        _find_bearer(bearer.strip())
    elif token:
        g.signed_in = current_archive().sign_in.find(token)
        g.has_stale_cookie = g.signed_in is None
        if g.signed_in:
            raise_visitor(g.signed_in.account.role.visibility)
    in_use: _AccountsInUse = current_app.extensions[_EXTENSION]
    g.can_sign_in = in_use.look()


def _find_bearer(token: str) -> None:
    """Let a program act for its token's account (RFC 6750); it has no session, so no cookie counts."""
    from archive.accounts.api_tokens import find_bearer

    found = find_bearer(current_archive().database, token)
    g.has_token, g.signed_in, g.token_owner_role = True, found.signed_in, found.owner_role
    if found.scope is not TokenScope.READ:
        raise_visitor(found.signed_in.account.role.visibility)
        return
    keep_visitor_below(found.signed_in.account.role.visibility)
    if request.method not in METHODS:
        raise NotAllowed("This token may only read. Make one that may write.")


def _keep_to_themselves(response: Response) -> Response:
    """Let no cache keep what was answered to those who have signed in, and forget a session that is over.

    Files that everybody may see are answered to them as to their browser alone, too: what goes to several
    people never depends on a cookie, and a cache that overlooks `Vary` passes nobody's session on.
    """
    if g.get("signed_in") and response.mimetype == "text/html":
        response.headers["Cache-Control"] = "no-store"
    elif (g.get("signed_in") or g.get("has_stale_cookie")) and response.cache_control.public:
        response.cache_control.public = False
        response.cache_control.private = True
    if g.get("signed_in") or g.get("can_sign_in"):
        response.vary.add("Cookie")
    if "Authorization" in request.headers:
        response.vary.add("Authorization")
    if g.get("has_stale_cookie") and COOKIE not in response.headers.get("Set-Cookie", ""):
        forget_session(response)
    return response


class _AccountsInUse:
    """Whether anybody may sign in, looked up for each page until somebody may."""

    def __init__(self) -> None:
        self._are_in_use = False

    def look(self) -> bool:
        if not self._are_in_use:
            with current_archive().database.read() as session:
                self._are_in_use = accounts.are_in_use(session)
        return self._are_in_use


def device_name(user_agent: str) -> str:
    """Return browser and system of a `User-Agent`, such as "Firefox, Windows", else its beginning.

    The order of names matters: most browsers say that they are others, too.
    """
    names = [
        next((name for sign, name in known if sign in user_agent), "") for known in (_BROWSERS, _SYSTEMS)
    ]
    found = ", ".join(name for name in names if name)
    return found or "".join(c for c in user_agent if c.isprintable())[:_MAX_CHARS]
