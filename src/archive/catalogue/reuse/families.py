"""Slides of other documents that may be the same, as far as a visitor may see them.

A family has slides of every rank, hidden ones and ones of older versions: `seen` and `seen_pages` say
which of them may be shown and counted, and nothing may be counted before.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final

from sqlalchemy import BindParameter, Select, and_, bindparam, func, select
from sqlalchemy.orm import Session

from archive.catalogue.pages import query_at
from archive.catalogue.reuse.signatures import Signature
from archive.catalogue.tables.documents import DocumentRow, PageRow, VersionRow
from archive.catalogue.tables.events import EventRow, TalkRow
from archive.catalogue.tables.reuse import SlideSignatureRow
from archive.catalogue.versions import shown_numbers
from archive.catalogue.visibility import page_visible, select_visible_documents
from archive.model.partial_dates import DatePrecision, iso_date
from archive.model.visibility import Visibility

_SIGNATURE, _VERSION, _PAGE = SlideSignatureRow.__table__, VersionRow.__table__, PageRow.__table__
_KEYS_A_QUERY: Final = 500
_IDS: Final = "document_ids"
RELATIVES_MAX: Final = 1_000
"""So many slides of a family are compared with one; larger families are covers and slides of thanks."""

PageKey = tuple[str, int]
"""A version's identifier and the number of a slide in it."""


@dataclass(frozen=True, slots=True)
class Relative:
    """A slide of the same family: maybe the same slide, maybe not for the visitor."""

    version_id: str
    number: int
    document_id: str
    signature: Signature

    @property
    def key(self) -> PageKey:
        """Return where the slide is."""
        return self.version_id, self.number


@dataclass(frozen=True, slots=True)
class SeenDocument:
    """A live document that the visitor may see.

    `version_id`: the version that its readers see. `group`: its talk, or itself. `day`: when it was shown,
    as exact as it is known (ISO 8601), "" where it is not.
    """

    document_id: str
    version_id: str
    group: str
    day: str


def own_signature(session: Session, version_id: str, number: int) -> tuple[int, Signature] | None:
    """Return the family and the signature of a slide, None where it has none (yet)."""
    columns = (_SIGNATURE.c.family, _SIGNATURE.c.word_count, _SIGNATURE.c.minima)
    is_it = and_(_SIGNATURE.c.version_id == version_id, _SIGNATURE.c.number == number)
    row = session.connection().execute(select(*columns).where(is_it)).first()
    return None if row is None else (row.family, Signature(row.word_count, row.minima))


def relatives(session: Session, family: int, without_version: str = "") -> list[Relative]:
    """Return the slides of a family in other versions, of whatever rank: up to RELATIVES_MAX."""
    return _relatives(session, [family], without_version).get(family, [])


def own_signatures(session: Session, version_id: str) -> dict[int, tuple[int, Signature]]:
    """Return family and signature of each slide of a version that has one, by number."""
    columns = (_SIGNATURE.c.number, _SIGNATURE.c.family, _SIGNATURE.c.word_count, _SIGNATURE.c.minima)
    statement = select(*columns).where(_SIGNATURE.c.version_id == version_id).order_by(_SIGNATURE.c.number)
    rows = session.connection().execute(statement)
    return {row.number: (row.family, Signature(row.word_count, row.minima)) for row in rows}


def relatives_of(
    session: Session, families: Collection[int], without_version: str = ""
) -> dict[int, list[Relative]]:
    """Return the slides of several families, by family; of the largest ones as many as fit."""
    found: dict[int, list[Relative]] = {}
    for some in _chunks(sorted(set(families))):
        found |= _relatives(session, some, without_version)
    return found


def reused(session: Session, families_max: int) -> list[int]:
    """Return the families with slides of two documents or more, the largest first."""
    documents = func.count(_VERSION.c.document_id.distinct())
    statement = (
        select(_SIGNATURE.c.family)
        .join(_VERSION, _VERSION.c.id == _SIGNATURE.c.version_id)
        .group_by(_SIGNATURE.c.family)
        .having(documents > 1)
        .order_by(documents.desc(), _SIGNATURE.c.family)
        .limit(families_max)
    )
    return [row.family for row in session.connection().execute(statement)]


def seen(session: Session, document_ids: Collection[str], visitor: Visibility) -> dict[str, SeenDocument]:
    """Return those of these documents that a visitor may see and that were not withdrawn."""
    found: dict[str, SeenDocument] = {}
    for some in _chunks(sorted(set(document_ids))):
        found |= _seen(session, some, visitor)
    return found


def seen_pages(session: Session, keys: Collection[PageKey], visitor: Visibility) -> set[PageKey]:
    """Return those of these slides of documents that may be seen that are not hidden from the visitor."""
    found: set[PageKey] = set()
    for some in _chunks(sorted(set(keys))):
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
    rows = session.execute(_seen_statement(visitor.rank), {_IDS: document_ids})
    return {
        document_id: SeenDocument(document_id, version_id, talk_id or document_id, _day(*dates))
        for document_id, version_id, talk_id, *dates in rows
    }


@cache
def _seen_statement(max_rank: int) -> Select[*tuple[Any, ...]]:
    """Return the query with the parameter `_IDS`: to make it takes longer than to ask it."""
    document_ids: BindParameter[Sequence[str]] = bindparam(_IDS, expanding=True)
    shown = shown_numbers(document_ids)
    return (
        select_visible_documents(max_rank)
        .add_columns(VersionRow.id, TalkRow.id, EventRow.starts_on, EventRow.starts_precision)
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


def _relatives(session: Session, families: Sequence[int], without_version: str) -> dict[int, list[Relative]]:
    columns = (
        _SIGNATURE.c.family,
        _SIGNATURE.c.version_id,
        _SIGNATURE.c.number,
        _VERSION.c.document_id,
        _SIGNATURE.c.word_count,
        _SIGNATURE.c.minima,
    )
    statement = (
        select(*columns)
        .join(_VERSION, _VERSION.c.id == _SIGNATURE.c.version_id)
        .where(_SIGNATURE.c.family.in_(families), _SIGNATURE.c.version_id != without_version)
        .order_by(_SIGNATURE.c.family, _SIGNATURE.c.version_id, _SIGNATURE.c.number)
        .limit(RELATIVES_MAX if len(families) == 1 else RELATIVES_MAX * 10)
    )
    found: dict[int, list[Relative]] = {}
    for family, version_id, number, document_id, word_count, minima in session.connection().execute(
        statement
    ):
        of_family = found.setdefault(family, [])
        if len(of_family) < RELATIVES_MAX:
            of_family.append(Relative(version_id, number, document_id, Signature(word_count, minima)))
    return found


def _chunks(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(values), _KEYS_A_QUERY):
        yield values[start : start + _KEYS_A_QUERY]
