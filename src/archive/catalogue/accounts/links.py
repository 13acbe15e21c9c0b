"""One-time links: made for an account, looked at, used once."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue import audit
from archive.catalogue.accounts.accounts import account
from archive.catalogue.tables.accounts import AccountLinkRow
from archive.errors import LinkUnusable
from archive.model.accounts import Account, LinkPurpose


def add(
    session: Session,
    account_id: str,
    purpose: LinkPurpose,
    token_sha256: str,
    lasts: timedelta,
    actor: str,
) -> None:
    """Add a link to an account; those of the same purpose that were not used stop working."""
    now = datetime.now(UTC)
    unused = select(AccountLinkRow).where(
        AccountLinkRow.account_id == account_id,
        AccountLinkRow.purpose == purpose.value,
        AccountLinkRow.used_at.is_(None),
    )
    for row in session.scalars(unused):
        session.delete(row)
    session.add(
        AccountLinkRow(
            token_sha256=token_sha256,
            account_id=account_id,
            purpose=purpose.value,
            made_at=now,
            ends_at=now + lasts,
        )
    )
    session.flush()
    audit.record(session, actor, "account.link", account_id, purpose.value)


def look(session: Session, token_sha256: str) -> tuple[Account, LinkPurpose]:
    """Return whose a link is and what for, without using it.

    Raises LinkUnusable where it is wrong, used or too old.
    """
    row = _row(session, token_sha256)
    return account(session, row.account_id), LinkPurpose(row.purpose)


def use(session: Session, token_sha256: str) -> tuple[Account, LinkPurpose]:
    """Use a link up; return whose it is and what for. Raises LinkUnusable."""
    row = _row(session, token_sha256)
    row.used_at = datetime.now(UTC)
    found = account(session, row.account_id)
    audit.record(session, found.login, "account.link", found.id, "used", row.purpose)
    return found, LinkPurpose(row.purpose)


def _row(session: Session, token_sha256: str) -> AccountLinkRow:
    row = session.get(AccountLinkRow, token_sha256)
    if row is None:
        raise LinkUnusable("This link does not work. Check that all of it was copied, or ask for a new one.")
    if row.used_at is not None:
        raise LinkUnusable("This link has been used. Sign in, or ask for a new one.")
    if row.ends_at <= datetime.now(UTC) or account(session, row.account_id).ended_at is not None:
        raise LinkUnusable("This link is too old. Ask for a new one.")
    return row
