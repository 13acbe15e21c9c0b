"""A document with its talk and event: what search, index and web read together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select
from sqlalchemy.orm import Session

from archive.catalogue import placing
from archive.catalogue.documents import document as live_document
from archive.catalogue.tables.documents import DocumentRow
from archive.catalogue.tables.events import EventRow, PresentationRow
from archive.catalogue.visibility import select_visible_documents
from archive.model.documents import Document
from archive.model.events import Event, Talk
from archive.visibility import strictest_rank

_IDS_A_QUERY = 500


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """A document in its place. `rank`: the strictest visibility of document, talk and event."""

    document: Document
    rank: int
    presentation: Talk | None = None
    event: Event | None = None

    @property
    def group(self) -> str:
        """Return the identifier that search results are grouped by: the talk's, else the document's."""
        return self.document.id if self.presentation is None else self.presentation.id

    @property
    def title(self) -> str:
        """Return what the document is called: its talk's topic, else its own title."""
        return self.document.title if self.presentation is None else self.presentation.topic


def record(session: Session, document_id: str) -> DocumentRecord:
    """Return one document in its place. Raises NotFound, or Gone where it was withdrawn."""
    found = records(session, [document_id])
    if document_id not in found:
        live_document(session, document_id)  # tells NotFound from Gone
    return found[document_id]


def was_visible(session: Session, document_id: str, max_rank: int) -> bool:
    """Return whether the visitor may see a document, or could before it was withdrawn."""
    wanted = select_visible_documents(max_rank).where(DocumentRow.id == document_id)
    return session.scalar(wanted) is not None


def records(session: Session, document_ids: Sequence[str]) -> dict[str, DocumentRecord]:
    """Return live documents by identifier, in the order asked for, with a few queries for every 500."""
    session.flush()  # plain queries see only what has been written
    found: dict[str, DocumentRecord] = {}
    for start in range(0, len(document_ids), _IDS_A_QUERY):
        batch = document_ids[start : start + _IDS_A_QUERY]
        found |= _placed(session, placing.documents(session, batch))
    return {document_id: found[document_id] for document_id in document_ids if document_id in found}


def records_of_presentation(
    session: Session, presentation_id: str, max_rank: int
) -> tuple[DocumentRecord, ...]:
    """Return the documents of a talk that the visitor may see."""
    return _select(session, [DocumentRow.presentation_id == presentation_id], max_rank)


def records_of_presentations(
    session: Session, presentation_ids: Sequence[str], max_rank: int
) -> dict[str, tuple[DocumentRecord, ...]]:
    """Return the documents of several talks that the visitor may see, by talk."""
    found: dict[str, tuple[DocumentRecord, ...]] = dict.fromkeys(presentation_ids, ())
    for one in _select(session, [DocumentRow.presentation_id.in_(presentation_ids)], max_rank):
        found[one.group] += (one,)
    return found


def records_of_event(session: Session, event_id: str, max_rank: int) -> tuple[DocumentRecord, ...]:
    """Return all documents of an event that the visitor may see: talks by programme, then reports."""
    return _select(session, [EventRow.id == event_id], max_rank)


def latest_ids(session: Session, max_rank: int, limit: int) -> Sequence[str]:
    """Return up to `limit` documents that the visitor may see: newest event first, then newest given."""
    order = (EventRow.starts_on.desc().nulls_last(), EventRow.id, DocumentRow.created_at.desc())
    return session.scalars(_visible_ids([], max_rank).order_by(*order, DocumentRow.id).limit(limit)).all()


def _select(
    session: Session, conditions: Iterable[ColumnElement[bool]], max_rank: int
) -> tuple[DocumentRecord, ...]:
    order = (PresentationRow.position.asc().nulls_last(), DocumentRow.title, DocumentRow.id)
    found = session.scalars(_visible_ids(conditions, max_rank).order_by(*order)).all()
    return tuple(records(session, found).values())


def _visible_ids(conditions: Iterable[ColumnElement[bool]], max_rank: int) -> Select[str]:
    return select_visible_documents(max_rank).where(*conditions, DocumentRow.withdrawn_at.is_(None))


def _placed(session: Session, documents: Sequence[Document]) -> dict[str, DocumentRecord]:
    talks = placing.talks(session, (one.presentation_id for one in documents if one.presentation_id))
    event_ids = {one.event_id for one in documents} | {talk.event_id for talk in talks.values()}
    events = placing.events(session, (key for key in event_ids if key))
    return {document.id: _record(document, talks, events) for document in documents}


def _record(document: Document, talks: dict[str, Talk], events: dict[str, Event]) -> DocumentRecord:
    talk = talks.get(document.presentation_id or "")
    event = events.get(document.event_id or (talk.event_id if talk and talk.event_id else ""))
    levels = [part.visibility for part in (document, talk, event) if part is not None]
    return DocumentRecord(document, strictest_rank(levels), talk, event)
