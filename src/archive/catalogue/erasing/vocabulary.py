"""Every word that a catalogue has, for those who know words by their hashes alone."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue.erasing.columns import named_columns, rows, tables
from archive.catalogue.tables.documents import PictureRow

_WORD: Final = re.compile(r"[^\W_]+")
_ROWS_A_BATCH: Final = 200


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
