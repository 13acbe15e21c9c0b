"""Accounts: add one, find it, also as an OpenID provider knows it, change its role, end it.

The last admin stays one.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from archive.catalogue import audit
from archive.catalogue.accounts import login_sessions
from archive.catalogue.identifiers import new_id
from archive.catalogue.tables.accounts import (
    AccountIdentityRow,
    AccountLinkRow,
    AccountRow,
    ApiTokenRow,
    PasskeyRow,
)
from archive.catalogue.tables.journal import AuditEventRow
from archive.errors import InputError, NotFound
from archive.model.accounts import Account, Role
from archive.printable import typed_line

_LOGIN_MAX_CHARS = 200
_ARE_IN_USE = select(exists().where(AccountRow.ended_at.is_(None)))


def normal_login(login: str) -> str:
    """Return a login name as it is kept: in small letters, without space around it."""
    return login.strip().casefold()


def add(session: Session, login: str, name: str, role: Role, actor: str) -> Account:
    """Add an account that cannot sign in until its owner has used a link.

    Raises InputError where the name is taken or is no name.
    """
    login, name = normal_login(login), typed_line(name)
    if not login or len(login) > _LOGIN_MAX_CHARS or any(not c.isprintable() or c.isspace() for c in login):
        raise InputError("An account needs a login without spaces, such as an e-mail address.")
    if _row_of_login(session, login) is not None:
        raise InputError(f"There is an account {login} already. Choose another login, or give it a new link.")
    row = AccountRow(
        id=new_id(),
        login=login,
        name=name[:_LOGIN_MAX_CHARS] or login,
        role=role.value,
        password_hash="",
        created_at=datetime.now(UTC),
    )
    session.add(row)
    session.flush()
    audit.record(session, actor, "account.add", row.id, role.value, login)
    return _account(session, row)


def find(session: Session, login: str) -> Account | None:
    """Return the account of a login name, also one that was ended."""
    row = _row_of_login(session, normal_login(login))
    return None if row is None else _account(session, row)


def account(session: Session, account_id: str) -> Account:
    """Return an account, also one that was ended. Raises NotFound."""
    return _account(session, _row(session, account_id))


def list_accounts(session: Session) -> Sequence[Account]:
    """Return all accounts by login name, also those that were ended."""
    return [_account(session, row) for row in session.scalars(select(AccountRow).order_by(AccountRow.login))]


def are_in_use(session: Session) -> bool:
    """Return whether anybody may sign in."""
    return bool(session.scalar(_ARE_IN_USE))


def set_role(session: Session, account_id: str, role: Role, actor: str) -> None:
    """Give an account another role, and end its sessions: rights are never changed under one.

    Raises NotFound, or InputError where nobody would be admin any more.
    """
    row = _row(session, account_id)
    if row.role == role.value:
        return
    if role is not Role.ADMIN:
        refuse_to_lose_last_admin(session, row)
    before, row.role = row.role, role.value
    login_sessions.end_all(session, account_id)
    audit.record(session, actor, "account.role", account_id, role.value, f"was {before}")


def end(session: Session, account_id: str, actor: str) -> None:
    """End an account with its sessions, links, passkeys and tokens; its name stays in the history.

    Raises NotFound, or InputError where nobody would be admin any more.
    """
    row = _row(session, account_id)
    if row.ended_at is not None:
        return
    refuse_to_lose_last_admin(session, row)
    row.ended_at, row.password_hash = datetime.now(UTC), ""
    login_sessions.end_all(session, account_id)
    for table in (AccountLinkRow, PasskeyRow, ApiTokenRow):
        for gone in session.scalars(select(table).where(table.account_id == account_id)):
            session.delete(gone)
    audit.record(session, actor, "account.end", account_id, "ended")


def ended_by(session: Session, account_id: str) -> str:
    """Return who has ended an account last, "" where nobody has."""
    statement = (
        select(AuditEventRow.actor)
        .where(AuditEventRow.subject == account_id, AuditEventRow.action == "account.end")
        .order_by(AuditEventRow.id.desc())
        .limit(1)
    )
    return session.scalar(statement) or ""


def begin_again(session: Session, account_id: str, actor: str) -> None:
    """Let an account that was ended sign in again, once it has got a link. Raises NotFound."""
    row = _row(session, account_id)
    if row.ended_at is not None:
        row.ended_at = None
        audit.record(session, actor, "account.begin", account_id, "begun")


def set_password_hash(session: Session, account_id: str, password_hash: str, actor: str) -> None:
    """Keep the digest of a new password. Raises NotFound."""
    _row(session, account_id).password_hash = password_hash
    audit.record(session, actor, "account.password", account_id, "set")


def password_hash(session: Session, account_id: str) -> str:
    """Return the digest of the password, "" where there is none. Raises NotFound."""
    return _row(session, account_id).password_hash


def refuse_to_lose_last_admin(session: Session, row: AccountRow) -> None:
    """Raise InputError where an account is the only admin that may sign in."""
    if row.role != Role.ADMIN.value or row.ended_at is not None:
        return
    others = exists().where(
        AccountRow.role == Role.ADMIN.value, AccountRow.ended_at.is_(None), AccountRow.id != row.id
    )
    if not session.scalar(select(others)):
        raise InputError("This is the last admin. Make somebody else admin first.")


def _row(session: Session, account_id: str) -> AccountRow:
    row = session.get(AccountRow, account_id)
    if row is None:
        raise NotFound("There is no such account.")
    return row


def _row_of_login(session: Session, login: str) -> AccountRow | None:
    return session.scalar(select(AccountRow).where(AccountRow.login == login))


def _account(session: Session, row: AccountRow) -> Account:
    has_passkey = bool(session.scalar(select(exists().where(PasskeyRow.account_id == row.id))))
    return Account(
        row.id,
        row.login,
        row.name,
        Role(row.role),
        row.created_at,
        row.ended_at,
        bool(row.password_hash),
        has_passkey,
    )


def find_by_identity(session: Session, issuer: str, subject: str) -> Account | None:
    """Return the account of somebody at a provider, also one that was ended."""
    row = session.get(AccountIdentityRow, (issuer, subject))
    return None if row is None else account(session, row.account_id)


def add_identity(session: Session, issuer: str, subject: str, account: Account) -> None:
    """Remember who an account is at a provider."""
    session.add(AccountIdentityRow(issuer=issuer, subject=subject, account_id=account.id))
    session.flush()
    audit.record(session, account.login, "account.identity", account.id, "linked", issuer)
