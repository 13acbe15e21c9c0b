"""Documents one of whose versions has given bytes, withdrawn ones too."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive.catalogue.tables.documents import DocumentRow, VersionRow
from archive.catalogue.tables.events import EventRow, TalkRow
from archive.model.partial_dates import DatePrecision, iso_date
from archive.model.visibility import Visibility


@dataclass(frozen=True, slots=True)
class SameBytes:
    """A document that has, or had, the bytes asked about.

    `is_newest`: its newest version has them; else they were replaced. `visibility` is the document's own.
    `withdrawn_at` tells that it was taken out: it never stands in the way of taking the file in again.
    `date` is that of the event, else the one that the file gives (ISO 8601, as exact as it is known), or "".
    """

    document_id: str
    title: str
    filename: str
    version_number: int
    is_newest: bool
    visibility: Visibility
    talk_id: str = ""
    talk_topic: str = ""
    event_id: str = ""
    event_title: str = ""
    date: str = ""
    withdrawn_at: datetime | None = None
    withdrawn_reason: str = ""


def with_bytes(session: Session, sha256: str) -> tuple[SameBytes, ...]:
    """Return the documents with these bytes, each once with its newest version that has them.

    Live ones first, among them those that have the bytes now, then the oldest document.
    """
    newest = (
        select(func.max(VersionRow.number))
        .where(VersionRow.document_id == DocumentRow.id)
        .correlate(DocumentRow)
        .scalar_subquery()
    )
    event_id = func.coalesce(DocumentRow.event_id, TalkRow.event_id)
    rows = session.execute(
        select(DocumentRow, VersionRow, TalkRow, EventRow, newest)
        .join(VersionRow, VersionRow.document_id == DocumentRow.id)
        .outerjoin(TalkRow, TalkRow.id == DocumentRow.talk_id)
        .outerjoin(EventRow, EventRow.id == event_id)
        .where(VersionRow.sha256 == sha256)
        .order_by(VersionRow.number, DocumentRow.created_at, DocumentRow.id)
    )
    found = {document.id: _found(document, *others) for document, *others in rows}
    created = {identifier: at for at, identifier in enumerate(found)}
    return tuple(
        sorted(
            found.values(),
            key=lambda one: (one.withdrawn_at is not None, not one.is_newest, created[one.document_id]),
        )
    )


def _found(
    document: DocumentRow, version: VersionRow, talk: TalkRow | None, event: EventRow | None, newest: int
) -> SameBytes:
    starts = iso_date(event.starts_on, DatePrecision(event.starts_precision)) if event else ""
    return SameBytes(
        document.id,
        talk.topic if talk else document.title,
        version.filename,
        version.number,
        version.number == newest,
        Visibility(document.visibility),
        talk.id if talk else "",
        talk.topic if talk else "",
        event.id if event else "",
        event.title if event else "",
        starts or document.file_date,
        document.withdrawn_at,
        document.withdrawn_reason or ("staff" if document.withdrawn_at else ""),
    )
