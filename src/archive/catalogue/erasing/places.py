"""Where words are: rows of tables with the columns and, of slides, the fields that hold them."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from archive.catalogue.erasing.columns import Masking, Row, changed, masked, named_columns, rows, tables
from archive.catalogue.tables.accounts import AccountRow
from archive.catalogue.tables.documents import PageRow, PictureRow, VersionRow

Spanning = Callable[[str], Sequence[tuple[int, int]]]
"""Says where in a text the words are: first character, and the one after the last."""
Slides = frozenset[tuple[str, int]]
"""Slides by document and number."""

PICTURE: Final = "picture"
_ROWS_A_BATCH: Final = 200

_WORD: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class WordPlace:
    """A row that holds words. `parts` are its columns, or the fields of a slide's words.

    `document_id` is "" for what is no document's, `number` 0 for what is no slide's.
    """

    table: str
    key: str
    parts: tuple[str, ...]
    document_id: str = ""
    number: int = 0
    version_id: str = ""


def logins(session: Session) -> frozenset[str]:
    """Return the logins of all accounts."""
    return frozenset(session.scalars(select(AccountRow.login)))


def accounts(session: Session, masking: Masking) -> tuple[str, ...]:
    """Return the logins of accounts whose login or name holds words."""
    found = session.execute(select(AccountRow.login, AccountRow.name).order_by(AccountRow.login))
    return tuple(row.login for row in found if any(masking(text) != text for text in row))


def places(session: Session, masking: Masking, spanning: Spanning) -> list[WordPlace]:
    """Return every row that holds words, pictures included."""
    known, documents = logins(session), documents_of_versions(session)
    found = []
    for table in tables(with_journal=True):
        for row in rows(session, table):
            without = changed(table, row, masking, known)
            if without:
                found.append(_place(table, row, without, documents))
    found += [
        WordPlace(PICTURE, f"{version}/{number}", ("words",), documents[version], number, version)
        for version, number in picture_keys(session, spanning)
    ]
    return found


def documents_of_versions(session: Session) -> Mapping[str, str]:
    """Return the document of each version."""
    found = session.execute(select(VersionRow.id, VersionRow.document_id))
    return {row.id: row.document_id for row in found}


def versions_with_files(
    session: Session, version_ids: AbstractSet[str], digests: AbstractSet[str]
) -> set[str]:
    """Return the versions that have the same originals as some others, or one of some originals."""
    found = session.execute(select(VersionRow.id, VersionRow.sha256)).all()
    wanted = {row.sha256 for row in found if row.id in version_ids} | digests
    return {row.id for row in found if row.sha256 in wanted}


def picture_keys(session: Session, spanning: Spanning) -> Iterator[tuple[str, int]]:
    """Yield version and number of each picture whose words, one after the other, hold what is looked for."""
    statement = select(PictureRow.version_id, PictureRow.number, PictureRow.words)
    for version_id, number, words in session.execute(statement.execution_options(yield_per=_ROWS_A_BATCH)):
        if spanning(" ".join(word[0] for word in words)):
            yield version_id, number


def _place(table: Table, row: Row, without: Mapping[str, Any], documents: Mapping[str, str]) -> WordPlace:
    key = "/".join(str(row[column.name]) for column in table.primary_key)
    version_id = str(row.get("version_id") or (row["id"] if table.name == "version" else ""))
    document_id = str(row.get("document_id") or documents.get(version_id, ""))
    if table.name == "document":
        document_id = str(row["id"])
    parts = tuple(without)
    if table.name == PageRow.__tablename__:
        parts = _fields(row["blocks"], without.get("blocks", row["blocks"])) or parts
        return WordPlace(table.name, key, parts, document_id, int(row["number"]), version_id)
    return WordPlace(table.name, key, parts, document_id, 0, version_id)


def _fields(blocks: Sequence[Any], without: Sequence[Any]) -> tuple[str, ...]:
    """Return the fields of the blocks that hold words, each once."""
    changed_fields = (old[0] for old, new in zip(blocks, without, strict=True) if old != new)
    return tuple(dict.fromkeys(changed_fields))


def masked_value(masking: Masking, known: frozenset[str]) -> Callable[[str, Any], Any]:
    """Return what says, for a column of the journal, what its value is without words."""

    def without(column: str, value: Any) -> Any:
        return value if column == "actor" and value in known else masked(value, masking)

    return without


def words(session: Session) -> set[str]:
    """Return every word in any column, in small letters, composed."""
    found: set[str] = set()
    for table in tables(with_journal=True):
        columns = [column.name for column in named_columns(table)]
        for row in rows(session, table):
            for name in columns:
                for text in _texts(row[name]):
                    found.update(_words_of(text))
    statement = select(PictureRow.words).execution_options(yield_per=_ROWS_A_BATCH)
    for boxes in session.scalars(statement):
        for box in boxes:
            found.update(_words_of(box[0]))
    return found


def _words_of(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFC", text).casefold())


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield str(key)
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, bytes):
        yield value.decode("utf-8", "replace")
