"""Documents in slices, and their pages."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue.listing.slices import identifiers_after
from archive.catalogue.records import DocumentRecord, records
from archive.catalogue.tables.documents import DocumentRow, PageRow
from archive.catalogue.tables.events import EventRow
from archive.catalogue.visibility import page_visible, select_visible_documents
from archive.model.documents import DocumentKind
from archive.model.visibility import Visibility

_DOCUMENTS_A_LOOK = 10


@dataclass(frozen=True, slots=True)
class DocumentFilter:
    """Which documents are listed: all of a talk, an event, a kind; "" and None for any."""

    talk_id: str = ""
    event_id: str = ""
    kind: DocumentKind | None = None


def documents_after(
    session: Session, wanted: DocumentFilter, max_rank: int, after: str, limit: int
) -> tuple[tuple[DocumentRecord, ...], str]:
    """Return the live documents of a slice that the visitor may see, and what the next one begins after."""
    statement = select_visible_documents(max_rank).where(DocumentRow.withdrawn_at.is_(None))
    if wanted.talk_id:
        statement = statement.where(DocumentRow.talk_id == wanted.talk_id)
    if wanted.event_id:
        statement = statement.where(EventRow.id == wanted.event_id)
    if wanted.kind:
        statement = statement.where(DocumentRow.kind == wanted.kind.value)
    shown, following = identifiers_after(session, statement, DocumentRow.id, after, limit)
    return tuple(records(session, shown).values()), following


def page_numbers_after(
    session: Session, version_id: str, visitor: Visibility, after: int, limit: int
) -> tuple[Sequence[int], int]:
    """Return the numbers of a slice of a version's pages, and the one that the next begins after, else 0."""
    found = session.scalars(
        select(PageRow.number)
        .where(PageRow.version_id == version_id, page_visible(visitor), PageRow.number > after)
        .order_by(PageRow.number)
        .limit(limit + 1)
    ).all()
    shown = found[:limit]
    return shown, shown[-1] if len(found) > limit else 0


def pages_after(
    session: Session, visitor: Visibility, after: tuple[str, int], limit: int
) -> tuple[list[tuple[DocumentRecord, int]], tuple[str, int] | None]:
    """Return a slice of the pages of all documents, as document and number, and what the next begins after.

    Pages come document by document. `after` is the identifier and number of the last page of the slice
    before, ("", 0) for the first.
    """
    document_id, number = after
    found: list[tuple[DocumentRecord, int]] = []
    if document_id:
        found = _pages_of(session, _one(session, document_id, visitor), visitor, number, limit + 1)
    while len(found) <= limit:
        listed, following = documents_after(
            session, DocumentFilter(), visitor.rank, document_id, _DOCUMENTS_A_LOOK
        )
        found += _pages_of(session, listed, visitor, 0, limit + 1 - len(found))
        if not following:
            break
        document_id = following
    shown = found[:limit]
    is_last = len(found) <= limit
    return shown, None if is_last else (shown[-1][0].document.id, shown[-1][1])


def _one(session: Session, document_id: str, visitor: Visibility) -> Sequence[DocumentRecord]:
    """Return a document, none where the visitor may not see it (any more)."""
    statement = select_visible_documents(visitor.rank).where(
        DocumentRow.id == document_id, DocumentRow.withdrawn_at.is_(None)
    )
    return tuple(records(session, session.scalars(statement).all()).values())


def _pages_of(
    session: Session, listed: Sequence[DocumentRecord], visitor: Visibility, after: int, limit: int
) -> list[tuple[DocumentRecord, int]]:
    """Return up to `limit` pages of documents in their order, those after a number."""
    by_version = {record.document.version.id: record for record in listed}
    place = {version_id: place for place, version_id in enumerate(by_version)}
    statement = select(PageRow.version_id, PageRow.number).where(
        PageRow.version_id.in_(place), page_visible(visitor), PageRow.number > after
    )
    refs = sorted(
        (place[version_id], version_id, number) for version_id, number in session.execute(statement)
    )
    return [(by_version[version_id], number) for _, version_id, number in refs[:limit]]
