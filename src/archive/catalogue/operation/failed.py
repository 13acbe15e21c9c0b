"""Documents that were not read in whole, by how the reading of their newest version ended."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, Row, Select, bindparam, case, exists, func, not_, select
from sqlalchemy.orm import Session, aliased

from archive.catalogue import taken_out
from archive.catalogue.database.database import Database
from archive.catalogue.operation.remedies import STOPPED
from archive.catalogue.outcomes import NOT_WHOLE, retry
from archive.catalogue.tables.documents import DocumentRow, VersionRow
from archive.catalogue.tables.journal import JobRow
from archive.catalogue.versions import newest_version
from archive.model.extraction import Outcome
from archive.model.jobs import JobKind

PAGE_SIZE = 50
"""How many documents a page of a list has."""

UNREAD = tuple(category for category in NOT_WHOLE if not category.is_read)
"""The outcomes after which nothing of a file is found; what `all` asks for once more."""

_A_WRITE = 100  # so many are asked for once more in one transaction, so that others get to write between


@dataclass(frozen=True, slots=True)
class FailedDocument:
    """A document that was not read in whole. `is_asked_for`: it waits to be read once more."""

    document_id: str
    title: str
    filename: str
    category: Outcome
    message: str
    given_at: datetime
    is_asked_for: bool


@dataclass(frozen=True, slots=True)
class FailedCategory:
    """How many documents have an outcome, and the newest of them.

    `set_aside_count` of them ended their reader each time they were tried.
    """

    count: int
    set_aside_count: int
    first: tuple[FailedDocument, ...]


# Made once: to make a query takes longer than to run it.
_LATER = aliased(VersionRow)
_IS_REPLACED = exists().where(_LATER.document_id == VersionRow.document_id, _LATER.number > VersionRow.number)
_COLUMNS = (
    VersionRow.document_id,
    VersionRow.id.label("version_id"),
    VersionRow.filename,
    VersionRow.category,
    VersionRow.message,
    VersionRow.created_at,
    DocumentRow.title,
)


def summary(
    session: Session, first: int = 0, counts: Mapping[Outcome, tuple[int, int]] | None = None
) -> dict[Outcome, FailedCategory]:
    """Return what has each outcome but `ok`, each with its `first` newest documents.

    Outcomes that no document has are left out. `counts` are those of `FailedCounts`, where they are known.
    """
    known = _counts(session) if counts is None else counts
    rows = {
        category: _rows(session, category, 0, first) if first else []
        for category in NOT_WHOLE
        if category in known
    }
    asked = _asked_for(session, [row.version_id for found in rows.values() for row in found])
    return {
        category: FailedCategory(*known[category], tuple(_document(row, asked) for row in found))
        for category, found in rows.items()
    }


def failures(
    session: Session, document_ids: Collection[str] | None = None
) -> dict[str, tuple[Outcome, bool]]:
    """Return the documents that were not read in whole, with whether they ended their reader each time.

    Of all documents, or of some; identifiers of other things are passed over.
    """
    statement = _newest(VersionRow.document_id, VersionRow.category, VersionRow.message == STOPPED)
    if document_ids is not None:
        statement = statement.where(VersionRow.document_id.in_(document_ids))
    return {
        document_id: (Outcome(category), bool(is_stopped))
        for document_id, category, is_stopped in session.execute(statement)
    }


def _counts(session: Session) -> dict[Outcome, tuple[int, int]]:
    is_stopped = case((VersionRow.message == STOPPED, 1), else_=0)
    counted = session.execute(
        _newest(VersionRow.category, func.count(), func.sum(is_stopped)).group_by(VersionRow.category)
    )
    return {Outcome(category): (int(total), int(stopped)) for category, total, stopped in counted}


def count(session: Session, category: Outcome) -> int:
    """Return how many documents have an outcome."""
    return session.scalar(_newest(func.count(), categories=[category])) or 0


def listed(
    session: Session, category: Outcome, page: int = 1, page_size: int = PAGE_SIZE
) -> list[FailedDocument]:
    """Return one page (from 1) of the documents with an outcome, the newest first."""
    rows = _rows(session, category, (page - 1) * page_size, page_size)
    asked = _asked_for(session, [row.version_id for row in rows])
    return [_document(row, asked) for row in rows]


def unasked(session: Session, categories: Collection[Outcome]) -> Sequence[str]:
    """Return the documents with one of these outcomes that do not wait to be read once more."""
    wanted = _newest(DocumentRow.id, categories=categories).where(not_(_is_asked_for()))
    return session.scalars(wanted.order_by(DocumentRow.id)).all()


def retry_all(database: Database, categories: Collection[Outcome], actor: str) -> int:
    """Have all documents with one of these outcomes read once more; return how many."""
    with database.read() as session:
        document_ids = unasked(session, categories)
    for batch in _batches(document_ids):
        with database.write() as session:
            retry(session, batch, actor)
    return len(document_ids)


def retry_one(session: Session, document_id: str, actor: str) -> bool:
    """Have a document read once more; return False where that is asked for already.

    Raises NotFound and Gone.
    """
    newest = newest_version(session, taken_out.live_row(session, document_id).id)
    is_asked = select(JobRow.id).where(JobRow.version_id == newest.id, JobRow.kind == JobKind.EXTRACT.value)
    if session.scalar(is_asked) is not None:
        return False
    retry(session, [document_id], actor)
    return True


def _batches(document_ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(document_ids), _A_WRITE):
        yield document_ids[start : start + _A_WRITE]


def _newest(*columns: Any, categories: Collection[Outcome] = NOT_WHOLE) -> Select[*tuple[Any, ...]]:
    """Select columns of live documents whose newest version has one of these outcomes."""
    return _live(*columns).where(VersionRow.category.in_([category.value for category in categories]))


def _live(*columns: Any) -> Select[*tuple[Any, ...]]:
    """Select columns of live documents and their newest versions."""
    return (
        select(*columns)
        .select_from(VersionRow)
        .join(DocumentRow, DocumentRow.id == VersionRow.document_id)
        .where(DocumentRow.withdrawn_at.is_(None), not_(_IS_REPLACED))
    )


def _rows(session: Session, category: Outcome, offset: int, limit: int) -> Sequence[Row[Any]]:
    """Read documents with an outcome, the newest first, in the order of the index."""
    return session.execute(
        _listed(), {"category": category.value, "offset_rows": offset, "limit_rows": limit}
    ).all()


@cache
def _listed() -> Select[*tuple[Any, ...]]:
    return (
        _live(*_COLUMNS)
        .where(VersionRow.category == bindparam("category"))
        .order_by(VersionRow.created_at.desc(), VersionRow.id)
        .limit(bindparam("limit_rows", type_=Integer))
        .offset(bindparam("offset_rows", type_=Integer))
    )


def _is_asked_for() -> ColumnElement[bool]:
    return exists().where(JobRow.version_id == VersionRow.id, JobRow.kind == JobKind.EXTRACT.value)


def _asked_for(session: Session, version_ids: Sequence[str]) -> frozenset[str]:
    """Return those of some versions that wait to be read once more."""
    wanted = select(JobRow.version_id).where(
        JobRow.version_id.in_(version_ids), JobRow.kind == JobKind.EXTRACT.value
    )
    return frozenset(session.scalars(wanted))


def _document(row: Row[Any], asked: frozenset[str]) -> FailedDocument:
    return FailedDocument(
        row.document_id,
        row.title,
        row.filename,
        Outcome(row.category),
        row.message,
        row.created_at,
        row.version_id in asked,
    )
