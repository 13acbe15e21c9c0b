"""Tokens of accounts for programs: made, found by their digest, ended."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from archive.catalogue import audit
from archive.catalogue.accounts import accounts
from archive.catalogue.identifiers import new_id
from archive.catalogue.tables.accounts import ApiTokenRow
from archive.errors import InputError, NotFound
from archive.model.accounts import Account, ApiToken, TokenScope
from archive.printable import typed_line

USED_EVERY = timedelta(minutes=5)
"""How exactly `used_at` is kept: a question must not cost a write."""

_NAME_MAX_CHARS = 100
_TOKENS_MAX = 50


def add(
    session: Session,
    account: Account,
    token_sha256: str,
    name: str,
    scope: TokenScope,
    lasts: timedelta,
    actor: str,
) -> ApiToken:
    """Add a token to an account; those that are over are removed meanwhile.

    Raises InputError where the account has very many, or was ended.
    """
    now = datetime.now(UTC)
    session.execute(delete(ApiTokenRow).where(ApiTokenRow.ends_at <= now))
    if account.ended_at is not None:
        raise InputError(f"The account {account.login} was ended. Give it a new link first.")
    if len(of_account(session, account.id)) >= _TOKENS_MAX:
        raise InputError("The account has very many tokens. End some that are not used any more first.")
    row = ApiTokenRow(
        id=new_id(),
        token_sha256=token_sha256,
        account_id=account.id,
        name=typed_line(name)[:_NAME_MAX_CHARS],
        scope=scope.value,
        made_at=now,
        ends_at=now + lasts,
    )
    session.add(row)
    session.flush()
    audit.record(session, actor, "account.token", account.id, "made", f"{scope.value} {row.id}")
    return _api_token(row)


def find(session: Session, token_sha256: str, now: datetime) -> tuple[ApiToken, Account] | None:
    """Return a token and whose it is; None where there is none, it is over, or its account was ended."""
    row = session.scalar(select(ApiTokenRow).where(ApiTokenRow.token_sha256 == token_sha256))
    if row is None or row.ends_at <= now:
        return None
    account = accounts.account(session, row.account_id)
    return None if account.ended_at else (_api_token(row), account)


def note_used(session: Session, token_id: str, now: datetime) -> None:
    """Note that a token is used."""
    row = session.get(ApiTokenRow, token_id)
    if row is not None:
        row.used_at = now


def of_account(session: Session, account_id: str) -> Sequence[ApiToken]:
    """Return the tokens of an account that last, the newest first."""
    rows = session.scalars(
        select(ApiTokenRow)
        .where(ApiTokenRow.account_id == account_id, ApiTokenRow.ends_at > datetime.now(UTC))
        .order_by(ApiTokenRow.made_at.desc(), ApiTokenRow.id)
    )
    return [_api_token(row) for row in rows]


def end(session: Session, account_id: str, token_id: str, actor: str) -> None:
    """End a token of an account. Raises NotFound."""
    row = session.get(ApiTokenRow, token_id)
    if row is None or row.account_id != account_id:
        raise NotFound("There is no such token.")
    session.delete(row)
    audit.record(session, actor, "account.token", account_id, "ended", token_id)


def _api_token(row: ApiTokenRow) -> ApiToken:
    return ApiToken(
        row.id,
        row.account_id,
        row.name,
        TokenScope(row.scope),
        row.made_at,
        row.ends_at,
        row.used_at,
    )
