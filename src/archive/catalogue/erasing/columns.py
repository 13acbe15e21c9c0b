"""Which columns may hold a person's name, and what a value becomes without it."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, Final

from sqlalchemy import JSON, Column, LargeBinary, String, Table, select
from sqlalchemy.orm import Session

from archive.catalogue.tables.base import UtcDateTime
from archive.catalogue.tables.metadata import METADATA

Masking = Callable[[str], str]
"""What a text becomes; the same text where there is nothing to take out."""

_ACCOUNTS: Final = ("account", "account_identity", "account_link", "login_session", "passkey", "api_token")
_WITHOUT_NAMES: Final = ("sign_in_state", "meta", "process", "region", "erasure", "job", "change", "picture")
_CHAINED: Final = ("edit", "row_change")
"""The journal: its rows are changed by `journal/chain.py`."""
_LEFT_OUT: Final = frozenset({*_ACCOUNTS, *_WITHOUT_NAMES})
_LOGINS: Final = frozenset({"actor", "login", "made_by", "decided_by"})
_BY_CODE: Final = ("sha256", "_id", "_precision", "_owner")
_CODES: Final = frozenset(
    {"id", "state", "kind", "code", "media_type", "content_type", "category", "subject"}
)
_ROWS_A_BATCH: Final = 500

Row = Mapping[str, Any]


def tables(with_journal: bool = False) -> list[Table]:
    """Return the tables that are looked at, each after those it refers to."""
    left_out = _LEFT_OUT if with_journal else _LEFT_OUT.union(_CHAINED)
    return [table for table in METADATA.sorted_tables if table.name not in left_out]


@cache
def named_columns(table: Table) -> tuple[Column[Any], ...]:
    """Return the columns of a table that may hold words."""
    return tuple(column for column in table.columns if _is_worded(column))


def _is_worded(column: Column[Any]) -> bool:
    if column.foreign_keys or column.name in _CODES or column.name.endswith(_BY_CODE):
        return False
    if isinstance(column.type, UtcDateTime) or column.name == "minima":
        return False
    is_text = getattr(column.type, "impl_instance", column.type)
    return isinstance(is_text, (String, JSON, LargeBinary))


def is_login(column: str) -> bool:
    """Return whether a column says which account did something."""
    return column in _LOGINS


def rows(session: Session, table: Table) -> Iterator[Row]:
    """Yield the rows of a table with their keys and what may hold words."""
    columns = dict.fromkeys((*table.primary_key, *_owners(table), *named_columns(table)))
    statement = select(*columns).execution_options(yield_per=_ROWS_A_BATCH)
    for row in session.execute(statement):
        yield dict(zip((column.name for column in columns), row, strict=True))


def _owners(table: Table) -> list[Column[Any]]:
    """Return what a row belongs to, for those who are shown where words are."""
    return [column for column in table.columns if column.name in ("document_id", "number", "version_id")]


def changed(table: Table, row: Row, masking: Masking, logins: frozenset[str]) -> dict[str, Any]:
    """Return the values of a row that hold words, without them; logins of accounts that there are stay."""
    found = {}
    for column in named_columns(table):
        value = row[column.name]
        if value is None or (is_login(column.name) and value in logins):
            continue
        without = masked(value, masking)
        if without != value:
            found[column.name] = without
    return found


def masked(value: Any, masking: Masking) -> Any:
    """Return a value without words, however deep they are in lists and mappings."""
    if isinstance(value, str):
        return masking(value)
    if isinstance(value, list):
        return [masked(one, masking) for one in value]
    if isinstance(value, dict):
        return {masking(key): masked(one, masking) for key, one in value.items()}
    if isinstance(value, bytes):
        return _masked_bytes(value, masking)
    return value


def _masked_bytes(value: bytes, masking: Masking) -> bytes:
    """Return a file without words: a page of the web that waits to be read."""
    for encoding in ("utf-8", "latin-1"):
        try:
            text = value.decode(encoding)
        except UnicodeDecodeError:
            continue
        without = masking(text)
        return value if without == text else without.encode(encoding, "replace")
    return value
