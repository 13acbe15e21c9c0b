"""Documents that are there already: by the bytes of a version, and by sketches of its slides.

Sketches are kept with the catalogue, made and compared by `archive.review`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVarTuple

from sqlalchemy import Select, and_, delete, func, or_, select
from sqlalchemy.orm import Session

from archive.catalogue.tables.documents import DocumentRow, SketchRow, VersionRow
from archive.catalogue.tables.events import EventRow, TalkRow
from archive.catalogue.versions import shown_numbers, shown_versions
from archive.model.events import DatePrecision, iso_date
from archive.model.visibility import Visibility

_Columns = TypeVarTuple("_Columns")
_SKETCH = SketchRow.__table__


@dataclass(frozen=True, slots=True)
class Sketch:
    """A set of shingles as its minima; `scheme` says how they were made, `shingle_count` of how many."""

    scheme: int
    shingle_count: int
    minima: bytes


@dataclass(frozen=True, slots=True)
class KeptSketch:
    """The sketch of the version of a live document that its readers see."""

    document_id: str
    version_id: str
    sketch: Sketch


def save(session: Session, version_id: str, sketch: Sketch) -> None:
    """Keep the sketch of a version, in place of an earlier one."""
    session.merge(
        SketchRow(
            version_id=version_id,
            scheme=sketch.scheme,
            shingle_count=sketch.shingle_count,
            minima=sketch.minima,
        )
    )


def forget(session: Session, version_id: str) -> None:
    """Drop the sketch of a version whose words have changed; it is made again when it is wanted."""
    session.execute(delete(SketchRow).where(SketchRow.version_id == version_id))


def of_live_documents(session: Session, scheme: int) -> list[KeptSketch]:
    """Return the sketches of all documents that are not withdrawn, each of the version that readers see.

    Two tables are read from end to end and put together here: joined by the database it takes twice as long.
    """
    session.flush()  # a connection's own queries do not
    statement = select(_SKETCH.c.version_id, _SKETCH.c.shingle_count, _SKETCH.c.minima)
    rows = session.connection().execute(statement.where(_SKETCH.c.scheme == scheme))
    kept = {version_id: (count, minima) for version_id, count, minima in rows.all()}
    return [
        KeptSketch(document_id, version_id, Sketch(scheme, *kept[version_id]))
        for document_id, version_id in sorted(shown_versions(session).items())
        if version_id in kept
    ]


def missing(session: Session, scheme: int, limit: int) -> Sequence[str]:
    """Return up to `limit` versions that readers of live documents see, were read, and have no sketch."""
    statement = (
        _shown(select(VersionRow.id))
        .outerjoin(SketchRow, SketchRow.version_id == VersionRow.id)
        .where(
            VersionRow.category.is_not(None),
            or_(SketchRow.version_id.is_(None), SketchRow.scheme != scheme),
        )
        .order_by(VersionRow.created_at.desc(), VersionRow.id)
        .limit(limit)
    )
    return session.scalars(statement).all()


def _shown(statement: Select[*_Columns]) -> Select[*_Columns]:
    shown = shown_numbers()
    return (
        statement.join_from(DocumentRow, VersionRow, VersionRow.document_id == DocumentRow.id)
        .join(shown, and_(shown.c.document_id == DocumentRow.id, shown.c.number == VersionRow.number))
        .where(DocumentRow.withdrawn_at.is_(None))
    )


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
