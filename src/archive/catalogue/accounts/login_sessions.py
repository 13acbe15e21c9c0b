"""Sessions of those who have signed in: begun, found by their token's digest, ended; and their forms' key."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from archive.catalogue.identifiers import new_id
from archive.catalogue.tables.accounts import AccountRow, LoginSessionRow
from archive.catalogue.tables.journal import MetaRow
from archive.errors import CatalogueError
from archive.model.accounts import Account, LoginSession, Role, SignInMethod

SEEN_EVERY = timedelta(minutes=5)
"""How exactly `seen_at` is kept: a page must not cost a write."""


def begin(
    session: Session,
    account_id: str,
    token_sha256: str,
    method: SignInMethod,
    device: str,
    idle: timedelta,
    lasts: timedelta,
) -> LoginSession:
    """Begin a session of an account; those that are over are removed meanwhile.

    Args:
        session: a session that writes.
        account_id: whose it is.
        token_sha256: the digest of its token, in hexadecimal.
        method: how they have signed in.
        device: how their browser names itself.
        idle: how long it lasts without being used.
        lasts: how long it lasts at most.
    """
    now = datetime.now(UTC)
    session.execute(delete(LoginSessionRow).where(LoginSessionRow.ends_at <= now))
    row = LoginSessionRow(
        id=new_id(),
        token_sha256=token_sha256,
        account_id=account_id,
        method=method.value,
        device=device,
        made_at=now,
        seen_at=now,
        idle_s=int(idle.total_seconds()),
        ends_at=now + lasts,
    )
    session.add(row)
    session.flush()
    return _login_session(row)


def find(session: Session, token_sha256: str, now: datetime) -> tuple[LoginSession, Account] | None:
    """Return the session of a token and its account, None where it is over or its account was ended."""
    found = session.execute(
        select(LoginSessionRow, AccountRow)
        .join(AccountRow, AccountRow.id == LoginSessionRow.account_id)
        .where(LoginSessionRow.token_sha256 == token_sha256, AccountRow.ended_at.is_(None))
    ).first()
    if found is None or not _lasts(found[0], now):
        return None
    row = found[1]
    account = Account(
        row.id, row.login, row.name, Role(row.role), row.created_at, None, bool(row.password_hash)
    )
    return _login_session(found[0]), account


def note_seen(session: Session, session_id: str, now: datetime) -> None:
    """Note that a session is used."""
    row = session.get(LoginSessionRow, session_id)
    if row is not None:
        row.seen_at = now


def end(session: Session, account_id: str, session_id: str) -> bool:
    """End a session of an account; return whether there was one."""
    row = session.get(LoginSessionRow, session_id)
    if row is None or row.account_id != account_id:
        return False
    session.delete(row)
    return True


def end_all(session: Session, account_id: str, but: str = "") -> int:
    """End all sessions of an account but one (its identifier); return how many."""
    rows = session.scalars(
        select(LoginSessionRow).where(LoginSessionRow.account_id == account_id, LoginSessionRow.id != but)
    ).all()
    for row in rows:
        session.delete(row)
    session.flush()
    return len(rows)


def of_account(session: Session, account_id: str, now: datetime) -> Sequence[LoginSession]:
    """Return the sessions of an account that last, the one used last first."""
    rows = session.scalars(
        select(LoginSessionRow)
        .where(LoginSessionRow.account_id == account_id)
        .order_by(LoginSessionRow.seen_at.desc())
    )
    return [_login_session(row) for row in rows if _lasts(row, now)]


def _lasts(row: LoginSessionRow, now: datetime) -> bool:
    return now < row.ends_at and now < row.seen_at + timedelta(seconds=row.idle_s) + SEEN_EVERY


def _login_session(row: LoginSessionRow) -> LoginSession:
    return LoginSession(
        row.id, row.account_id, SignInMethod(row.method), row.device, row.made_at, row.seen_at, row.ends_at
    )


def form_key(session: Session) -> bytes:
    """Return the key that was made with the tables of accounts, 32 bytes."""
    row = session.get(MetaRow, "form_key")
    if row is None:
        raise CatalogueError("The catalogue has no key for forms. Restore it from a backup.")
    return bytes.fromhex(row.value)
