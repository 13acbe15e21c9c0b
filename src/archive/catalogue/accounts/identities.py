"""Who an account is at an OpenID provider."""

from sqlalchemy.orm import Session

from archive.catalogue import audit
from archive.catalogue.accounts import accounts
from archive.catalogue.tables.accounts import AccountIdentityRow
from archive.model.accounts import Account


def find(session: Session, issuer: str, subject: str) -> Account | None:
    """Return the account of somebody at a provider, also one that was ended."""
    row = session.get(AccountIdentityRow, (issuer, subject))
    return None if row is None else accounts.account(session, row.account_id)


def add(session: Session, issuer: str, subject: str, account: Account) -> None:
    """Remember who an account is at a provider."""
    session.add(AccountIdentityRow(issuer=issuer, subject=subject, account_id=account.id))
    session.flush()
    audit.record(session, account.login, "account.identity", account.id, "linked", issuer)
