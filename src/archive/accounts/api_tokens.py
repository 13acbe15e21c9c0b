"""API tokens: a program acts for an account, at most as a member where the token may only read."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from archive.accounts.credentials import new_token, token_digest
from archive.accounts.sign_in import SignedIn
from archive.catalogue.accounts import api_tokens
from archive.catalogue.database.database import Database
from archive.errors import InputError, TokenUnusable
from archive.model.accounts import Account, ApiToken, LoginSession, Role, SignInMethod, TokenScope

MAX_DAYS = 366
# So that those who look for secrets in other people's source find ours.
_SIGN = "archive_"


@dataclass(frozen=True, slots=True)
class Bearer:
    """A program that has shown a token: who it acts for, what it may do, and its owner's role."""

    signed_in: SignedIn
    scope: TokenScope
    owner_role: Role


def new_api_token(
    database: Database, account: Account, name: str, scope: TokenScope, days: float, actor: str
) -> tuple[str, ApiToken]:
    """Make a token of an account; return it (it is kept as a digest alone) and what is kept of it.

    Raises InputError where it would last for no time, or for more than a year.
    """
    if not 0 < days <= MAX_DAYS:
        raise InputError(f"A token lasts from 1 to {MAX_DAYS} days.")
    token = _SIGN + new_token()
    with database.write() as session:
        made = api_tokens.add(session, account, token_digest(token), name, scope, timedelta(days=days), actor)
    return token, made


def find_bearer(database: Database, token: str) -> Bearer:
    """Return who a token acts for. Raises TokenUnusable.

    With a token that reads the account is a member, whoever it is.
    """
    now = datetime.now(UTC)
    with database.read() as session:
        found = api_tokens.find(session, token_digest(token), now)
    if found is None:
        raise TokenUnusable(
            "The token is wrong, too old or was ended. Make a new one on the page of the account."
        )
    kept, account = found
    if kept.used_at is None or now - kept.used_at > api_tokens.USED_EVERY:
        with database.write() as session:
            api_tokens.note_used(session, kept.id, now)
    owner_role = account.role
    if kept.scope is TokenScope.READ:
        account = replace(account, role=Role.MEMBER)
    shown = LoginSession(kept.id, account.id, SignInMethod.TOKEN, kept.name, kept.made_at, now, kept.ends_at)
    return Bearer(SignedIn(account, shown), kept.scope, owner_role)


def may_write_as(database: Database, token: str, role: Role) -> bool:
    """Return whether a token may write for somebody with a role; only reads, and notes nothing."""
    with database.read() as session:
        found = api_tokens.find(session, token_digest(token), datetime.now(UTC))
    return found is not None and found[0].scope is not TokenScope.READ and found[1].role.includes(role)
