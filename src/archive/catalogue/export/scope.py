"""What of an archive an export has, and where in it files are."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, Executable, true
from sqlalchemy.orm import Session

from archive.catalogue.tables.documents import DocumentRow

_AT_ONCE: Final = 200


class FileKind(StrEnum):
    """A kind of file: its folder in the export."""

    ORIGINAL = "originals"
    PICTURE = "pictures"
    PDF = "pdfs"


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that a record names: its bytes' SHA-256, and how its name ends."""

    kind: FileKind
    sha256: str
    suffix: str

    @property
    def path(self) -> str:
        """Return where in the export it is: in folders of two letters, so that none is too full."""
        return f"data/{self.kind.value}/{self.sha256[:2]}/{self.sha256}{self.suffix}"


@dataclass(frozen=True, slots=True)
class ExportScope:
    """What is exported: of withdrawn documents their tombstones, and all else only `with_withdrawn`."""

    with_withdrawn: bool

    @property
    def with_words(self) -> ColumnElement[bool]:
        """Return the condition that a document is more than a tombstone here."""
        return true() if self.with_withdrawn else DocumentRow.withdrawn_at.is_(None)


def rows(session: Session, query: Executable) -> Iterator[Any]:
    """Yield the rows of a query; few at once are in memory."""
    yield from session.execute(query.execution_options(yield_per=_AT_ONCE))


def day(value: date | None) -> str | None:
    """Return a date in ISO 8601."""
    return None if value is None else value.isoformat()


def instant(value: datetime | None) -> str | None:
    """Return a point in time in ISO 8601, in UTC."""
    return None if value is None else value.astimezone(UTC).isoformat().replace("+00:00", "Z")
