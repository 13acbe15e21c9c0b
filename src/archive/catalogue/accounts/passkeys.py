"""Passkeys of accounts: added, found, used, removed."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from archive.catalogue import audit
from archive.catalogue.accounts import accounts
from archive.catalogue.tables.accounts import AccountIdentityRow, PasskeyRow
from archive.errors import InputError, NotFound
from archive.model.accounts import Account, Passkey
from archive.printable import typed_line

NAME_MAX_CHARS = 100


def add(
    session: Session, account: Account, credential_id: str, public_key: bytes, sign_count: int, name: str
) -> None:
    """Add a passkey to an account. Raises InputError where there is such a passkey already."""
    if session.get(PasskeyRow, credential_id) is not None:
        raise InputError("This passkey is in use already. Sign in with it, or make another.")
    session.add(
        PasskeyRow(
            credential_id=credential_id,
            account_id=account.id,
            public_key=public_key,
            sign_count=sign_count,
            name=typed_line(name)[:NAME_MAX_CHARS],
            made_at=datetime.now(UTC),
        )
    )
    session.flush()
    audit.record(session, account.login, "account.passkey", account.id, "made", credential_id)


def find(session: Session, credential_id: str) -> tuple[Passkey, Account] | None:
    """Return a passkey and whose it is; None where there is none, or its account was ended."""
    row = session.get(PasskeyRow, credential_id)
    if row is None:
        return None
    account = accounts.account(session, row.account_id)
    return None if account.ended_at else (_passkey(row), account)


def note_used(session: Session, passkey: Passkey, sign_count: int) -> bool:
    """Note a use of a passkey; False where it was used or removed since it was looked at."""
    row = session.get(PasskeyRow, passkey.credential_id)
    if row is None or row.sign_count != passkey.sign_count:
        return False
    row.sign_count, row.used_at = sign_count, datetime.now(UTC)
    return True


def of_account(session: Session, account_id: str) -> Sequence[Passkey]:
    """Return the passkeys of an account, the oldest first."""
    rows = session.scalars(
        select(PasskeyRow)
        .where(PasskeyRow.account_id == account_id)
        .order_by(PasskeyRow.made_at, PasskeyRow.credential_id)
    )
    return [_passkey(row) for row in rows]


def remove(session: Session, account: Account, credential_id: str, is_needed: bool) -> None:
    """Remove a passkey of an account.

    Raises:
        NotFound: the account has no such passkey.
        InputError: it is the last one, and nobody could sign in without it (`is_needed`: nor by password).
    """
    row = session.get(PasskeyRow, credential_id)
    if row is None or row.account_id != account.id:
        raise NotFound("There is no such passkey.")
    if len(of_account(session, account.id)) == 1 and (is_needed or not _has_another_way(session, account)):
        raise InputError("This passkey is the only way to sign in to the account. Make another one first.")
    session.delete(row)
    audit.record(session, account.login, "account.passkey", account.id, "removed", credential_id)


def _has_another_way(session: Session, account: Account) -> bool:
    identity = exists().where(AccountIdentityRow.account_id == account.id)
    return bool(accounts.password_hash(session, account.id) or session.scalar(select(identity)))


def _passkey(row: PasskeyRow) -> Passkey:
    return Passkey(
        row.credential_id,
        row.account_id,
        row.public_key,
        row.sign_count,
        row.name,
        row.made_at,
        row.used_at,
    )
