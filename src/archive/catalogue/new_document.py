"""A file as it is given, and the rows that are made of it."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from archive.catalogue.identifiers import new_id
from archive.catalogue.tables.documents import DocumentRow, OriginalRow, VersionRow
from archive.model.documents import DocumentKind, Original
from archive.model.visibility import Visibility


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A file as it is given.

    `source` is its resolved path, or "event:<id>:<filename>". `title_is_given` False: the title is a
    placeholder that the extraction may replace. `visibility` PUBLIC counts as given only together with a
    talk or an event: a file given by its path alone never opens what has been closed. A `draft` is for staff
    alone until it is published. `is_separate`: it is a document of its own, also where another one has the
    same bytes. `document_id`: it is the next version of that document.
    """

    kind: DocumentKind
    title: str
    source: str
    filename: str
    original: Original
    title_is_given: bool = False
    visibility: Visibility = Visibility.PUBLIC
    talk_id: str | None = None
    event_id: str | None = None
    publisher: str = ""
    year: int | None = None
    draft: bool = False
    is_separate: bool = False
    document_id: str | None = None

    @property
    def is_linked(self) -> bool:
        """Return whether the file was given as part of a talk or an event."""
        return self.talk_id is not None or self.event_id is not None


def add_document(session: Session, new: NewDocument) -> DocumentRow:
    """Add a document without a version."""
    row = DocumentRow(
        id=new_id(),
        kind=new.kind.value,
        title=new.title,
        title_is_given=new.title_is_given,
        source=new.source,
        visibility=(Visibility.STAFF if new.draft else new.visibility).value,
        visibility_given=new.visibility.value,
        draft=new.draft,
        language="",
        publisher=new.publisher,
        year=new.year,
        file_date="",
        date_is_given=False,
        language_is_given=False,
        naming=0,
        talk_id=new.talk_id,
        event_id=new.event_id,
        created_at=datetime.now(UTC),
        withdrawn_reason="",
    )
    session.add(row)
    session.flush()
    return row


def add_version(session: Session, document_id: str, number: int, new: NewDocument) -> VersionRow:
    """Add a version of a document, and its original where it is new."""
    add_original(session, new.original)
    row = VersionRow(
        id=new_id(),
        document_id=document_id,
        number=number,
        filename=new.filename,
        sha256=new.original.sha256,
        created_at=datetime.now(UTC),
        message="",
        engine="",
        page_count=0,
        properties={},
        pictures_done=False,
        picture_message="",
        drawn_sha256="",
    )
    session.add(row)
    session.flush()
    return row


def add_original(session: Session, original: Original) -> None:
    """Add bytes that are in the store, where they are new; their type where it was not known."""
    row = session.get(OriginalRow, original.sha256)
    if row is not None:
        row.media_type = row.media_type or original.media_type
        return
    sha256, size_bytes, media_type = original.sha256, original.size_bytes, original.media_type
    now = datetime.now(UTC)
    session.add(OriginalRow(sha256=sha256, size_bytes=size_bytes, media_type=media_type, created_at=now))
    session.flush()
