"""Slides of other documents that may be the same, as far as a visitor may see them.

A family has slides of every rank, hidden ones and ones of older versions: `seen` and `seen_pages` say
which of them may be shown and counted, and nothing may be counted before.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final

from sqlalchemy import BindParameter, Select, and_, bindparam, case, func, or_, select
from sqlalchemy.orm import Session

from archive.catalogue.pages import query_at
from archive.catalogue.reuse.signatures import Signature
from archive.catalogue.tables.documents import DocumentRow, PageRow, VersionRow
from archive.catalogue.tables.events import EventRow, TalkRow
from archive.catalogue.tables.reuse import SlideSignatureRow
from archive.catalogue.versions import shown_numbers
from archive.catalogue.visibility import page_visible, select_visible_documents
from archive.model.documents import DocumentKind
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


def family_of(
    session: Session, version_id: str, number: int, visitor: Visibility
) -> tuple[Signature | None, list[Relative]]:
    """Return the signature of a slide, None where it has none (yet), and the slides of its family elsewhere.

    Those are slides of other versions that the visitor may see, up to RELATIVES_MAX; `seen` says which of
    the versions readers see. One query, since most slides have no family but themselves.
    """
    named = {"version_id": version_id, "number": number}
    rows = session.connection().execute(_family_statement(visitor), named)
    own, found = None, []
    for of_version, nth, document_id, word_count, sketch in rows:
        signature = Signature(word_count, sketch)
        if of_version == version_id:
            own = signature
        else:
            found.append(Relative(of_version, nth, document_id, signature))
    return own, found


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
def _family_statement(visitor: Visibility) -> Select[*tuple[Any, ...]]:
    """Return the query for a slide (`version_id`, `number`) and its family, itself first."""
    version_id: BindParameter[str] = bindparam("version_id")
    number: BindParameter[int] = bindparam("number")
    is_own = _SIGNATURE.c.version_id == version_id
    own = select(_SIGNATURE.c.family).where(is_own, _SIGNATURE.c.number == number).scalar_subquery()
    is_page = and_(_PAGE.c.version_id == _SIGNATURE.c.version_id, _PAGE.c.number == _SIGNATURE.c.number)
    columns = (
        _SIGNATURE.c.version_id,
        _SIGNATURE.c.number,
        _VERSION.c.document_id,
        _SIGNATURE.c.word_count,
        _SIGNATURE.c.minima,
    )
    return (
        select_visible_documents(visitor.rank)
        .with_only_columns(*columns)
        .join(_VERSION, _VERSION.c.document_id == DocumentRow.id)
        .join(_SIGNATURE, _SIGNATURE.c.version_id == _VERSION.c.id)
        .join(_PAGE, is_page)
        .where(_SIGNATURE.c.family == own, page_visible(visitor), DocumentRow.withdrawn_at.is_(None))
        .where(or_(_SIGNATURE.c.version_id != version_id, _SIGNATURE.c.number == number))
        .order_by(case((is_own, 0), else_=1), _SIGNATURE.c.version_id, _SIGNATURE.c.number)
        .limit(RELATIVES_MAX + 1)
    )


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
    for family, version_id, number, document_id, word_count, sketch in session.connection().execute(
        statement
    ):
        of_family = found.setdefault(family, [])
        if len(of_family) < RELATIVES_MAX:
            of_family.append(Relative(version_id, number, document_id, Signature(word_count, sketch)))
    return found


def _chunks(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(values), _KEYS_A_QUERY):
        yield values[start : start + _KEYS_A_QUERY]
