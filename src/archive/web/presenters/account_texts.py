"""What pages say of accounts and of signing in, in the visitor's language."""

from datetime import datetime

from flask import Flask, g, request

from archive.catalogue.publishing.drafts import count_drafts
from archive.errors import ArchiveError
from archive.model.accounts import Role, SignInMethod, TokenScope
from archive.web.http.context import current_archive, preview_of
from archive.web.http.hooks import before, below
from archive.web.http.language import gettext, message_text
from archive.web.http.signed_in import may

_ABOUT_SIGNING_IN = ("sign_in.", "account.", "passkeys.", "oidc.", "speakers.")
_NEXT_MAX_CHARS = 4000


def install(app: Flask) -> None:
    """Give the templates what names roles and moments, and the way between the pages for staff."""
    before(app, below("/staff"), _count_drafts)
    app.jinja_env.filters.update(
        role_name=role_name, method_name=method_name, scope_name=scope_name, moment=moment
    )
    app.jinja_env.globals.update(staff_pages=staff_pages, sign_in_next=sign_in_next, preview_of=preview_of)


def staff_pages() -> list[tuple[str, str, str]]:
    """Return the pages for staff in order: name, text and endpoint of those that this visitor may see."""
    count = g.get("drafts_count", 0)
    drafts = gettext("Utkast (%(count)s)", count=count) if count else gettext("Utkast")
    pages = [
        ("staff", gettext("Översikt"), "staff.index"),
        ("drafts", drafts, "drafts.index"),
        ("queue", gettext("Att granska"), "queue.index"),
        ("records", gettext("Händelser"), "record_lists.index"),
        ("names", gettext("Namn"), "names.index"),
        ("imports", gettext("Importer"), "imports.index"),
        ("bulk", gettext("Ändra många"), "bulk.index"),
        ("jobs", gettext("Jobb"), "jobs.index"),
        ("questions", gettext("Frågor"), "staff.questions"),
    ]
    if may(Role.ADMIN):
        pages.append(("accounts", gettext("Konton"), "accounts.index"))
        pages.append(("journal", gettext("Journal"), "journal.index"))
        pages.append(("erasing", gettext("Radera"), "erasing.index"))
    return pages


def _count_drafts() -> None:
    """Count the drafts before the view of a page for staff runs: a read within its own is refused."""
    if request.method in ("GET", "POST") and may(Role.STAFF):
        with current_archive().database.read() as session:
            g.drafts_count = count_drafts(session)


def sign_in_next() -> str:
    """Return where signing in leads back to: the page that is shown, "" for pages about signing in."""
    is_about = (request.endpoint or "").startswith(_ABOUT_SIGNING_IN)
    return "" if is_about or request.method != "GET" else page_to_return_to()


def page_to_return_to() -> str:
    """Return the path that is asked for, with its question where that is not longer than pages read."""
    whole = request.full_path.rstrip("?")
    return whole if len(whole) <= _NEXT_MAX_CHARS else request.path


def moment(at: datetime) -> str:
    """Return a point in time to the minute, in the time zone of the archive's machine."""
    return at.astimezone().strftime("%Y-%m-%d %H:%M")


def role_name(role: Role) -> str:
    """Return what a role is called."""
    return {
        Role.MEMBER: gettext("Medlem"),
        Role.STAFF: gettext("Personal"),
        Role.ADMIN: gettext("Administratör"),
    }[role]


def method_name(method: SignInMethod) -> str:
    """Return how somebody has signed in."""
    return {
        SignInMethod.LINK: gettext("länk"),
        SignInMethod.PASSWORD: gettext("lösenord"),
        SignInMethod.PASSKEY: gettext("passnyckel"),
        SignInMethod.OIDC: gettext("organisationens inloggning"),
        SignInMethod.TOKEN: gettext("API-nyckel"),
    }[method]


def scope_name(scope: TokenScope) -> str:
    """Return what a token may do."""
    return {
        TokenScope.READ: gettext("läsa som medlem"),
        TokenScope.WRITE: gettext("läsa och skriva som du"),
    }[scope]


def refusal_text(error: ArchiveError | None) -> str:
    """Return what a form says of what was refused, "" where nothing was."""
    return "" if error is None else message_text(error.message)
