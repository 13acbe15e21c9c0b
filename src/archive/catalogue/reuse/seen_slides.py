"""Which documents and slides, of those that a family has, a visitor may see; nothing is counted before."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final

from sqlalchemy import BindParameter, Select, and_, bindparam
from sqlalchemy.orm import Session

from archive.catalogue.pages import query_at
from archive.catalogue.tables.documents import DocumentRow, PageRow, VersionRow
from archive.catalogue.tables.events import EventRow, TalkRow
from archive.catalogue.versions import shown_numbers
from archive.catalogue.visibility import page_visible, select_visible_documents
from archive.model.documents import DocumentKind
from archive.model.events import DatePrecision, iso_date
from archive.model.visibility import Visibility

_PAGE = PageRow.__table__
_KEYS_A_QUERY: Final = 500
_IDS: Final = "document_ids"

PageKey = tuple[str, int]
"""A version's identifier and the number of a slide in it."""


@dataclass(frozen=True, slots=True)
class SeenDocument:
    """A live document that the visitor may see.

    `version_id`: the version that its readers see. `group`: its talk, or itself. `day`: when it was shown,
    as exact as it is known (ISO 8601), "" where it is not. `title`: its talk's topic, else its own.
    `has_pictures`: the pictures of its slides are done.
    """

    document_id: str
    version_id: str
    group: str
    day: str
    title: str
    kind: DocumentKind
    language: str
    has_pictures: bool


def seen(session: Session, document_ids: Collection[str], visitor: Visibility) -> dict[str, SeenDocument]:
    """Return those of these documents that a visitor may see and that were not withdrawn."""
    found: dict[str, SeenDocument] = {}
    for some in in_chunks(sorted(set(document_ids))):
        found |= _seen(session, some, visitor)
    return found


def seen_pages(session: Session, keys: Collection[PageKey], visitor: Visibility) -> set[PageKey]:
    """Return those of these slides of documents that may be seen that are not hidden from the visitor."""
    found: set[PageKey] = set()
    for some in in_chunks(sorted(set(keys))):
        numbers: dict[str, list[int]] = {}
        for version_id, number in some:
            numbers.setdefault(version_id, []).append(number)
        named: dict[str, Any] = {f"version_{at}": version_id for at, version_id in enumerate(numbers)}
        named |= {f"numbers_{at}": wanted for at, wanted in enumerate(numbers.values())}
        statement = query_at(_PAGE, (_PAGE.c.version_id, _PAGE.c.number), len(numbers))
        rows = session.connection().execute(statement.where(page_visible(visitor)), named)
        found.update((version_id, number) for version_id, number in rows)
    return found


def _seen(session: Session, document_ids: Sequence[str], visitor: Visibility) -> dict[str, SeenDocument]:
    rows = session.connection().execute(_seen_statement(visitor.rank), {_IDS: document_ids})
    return {
        document_id: SeenDocument(
            document_id,
            version_id,
            talk_id or document_id,
            _day(*dates),
            title if topic is None else topic,
            DocumentKind(kind),
            language,
            has_pictures,
        )
        for document_id, version_id, has_pictures, talk_id, topic, title, kind, language, *dates in rows
    }


@cache
def _seen_statement(max_rank: int) -> Select[*tuple[Any, ...]]:
    """Return the query with the parameter `_IDS`: to make it takes longer than to ask it."""
    document_ids: BindParameter[Sequence[str]] = bindparam(_IDS, expanding=True)
    shown = shown_numbers(document_ids)
    return (
        select_visible_documents(max_rank)
        .add_columns(VersionRow.id, VersionRow.pictures_done, TalkRow.id, TalkRow.topic)
        .add_columns(DocumentRow.title, DocumentRow.kind, DocumentRow.language)
        .add_columns(EventRow.starts_on, EventRow.starts_precision)
        .add_columns(DocumentRow.year, DocumentRow.file_date)
        .join(shown, shown.c.document_id == DocumentRow.id)
        .join(
            VersionRow,
            and_(VersionRow.document_id == DocumentRow.id, VersionRow.number == shown.c.number),
        )
        .where(DocumentRow.id.in_(document_ids), DocumentRow.withdrawn_at.is_(None))
    )


def _day(starts_on: date | None, precision: str | None, year: int | None, file_date: str) -> str:
    if starts_on is not None and precision is not None:
        return iso_date(starts_on, DatePrecision(precision))
    return str(year) if year else file_date


def in_chunks(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Yield the values, as many at a time as a query may have parameters."""
    for start in range(0, len(values), _KEYS_A_QUERY):
        yield values[start : start + _KEYS_A_QUERY]
