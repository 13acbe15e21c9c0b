"""What uploads have become: rows for a page, taken from the versions as they are now."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, exists, false, not_, or_, select
from sqlalchemy.orm import Session

from archive.catalogue.tables.documents import DocumentRow, VersionRow
from archive.catalogue.tables.journal import JobRow
from archive.catalogue.tables.submissions import SubmittedUploadRow
from archive.catalogue.tables.uploads import UploadedFileRow, UploadRow
from archive.catalogue.uploads.uploads import to_upload
from archive.model import uploads as model
from archive.model.extraction import Outcome
from archive.model.uploads import FileReading, UploadedFile, UploadTarget

_READ = (Outcome.OK.value, Outcome.OK_PARTIAL.value)
_LOOKED_FOR = timedelta(days=2)
_VERSIONS_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """A file that was read and that no search has found yet."""

    upload_id: str
    number: int
    document_id: str
    version_id: str
    word_count: int | None


@dataclass(frozen=True, slots=True)
class DocumentWithBytes:
    """A document that has had the same bytes; `is_newest` where its newest version has them."""

    document_id: str
    title: str
    created_at: datetime
    is_linked: bool
    is_newest: bool


def rows(
    session: Session, target: UploadTarget | None, limit: int, offset: int = 0
) -> Sequence[model.UploadProgress]:
    """Return uploads, the newest first: all, or those that were meant for a target.

    What was sent in is left out: it is in the review queue.
    """
    is_sent_in = exists().where(SubmittedUploadRow.upload_id == UploadRow.id)
    statement = select(UploadRow).where(not_(is_sent_in)).order_by(UploadRow.made_at.desc(), UploadRow.id)
    if target is not None:
        statement = statement.where(_meant_for(target))
    found = list(session.scalars(statement.offset(offset).limit(limit)))
    files = _files(session, [row.id for row in found])
    return [model.UploadProgress(to_upload(row), files.get(row.id, ())) for row in found]


def unconfirmed(session: Session, now: datetime) -> Sequence[Unconfirmed]:
    """Return files that were read lately and that no search has found yet, the oldest first."""
    statement = (
        select(UploadedFileRow)
        .join(UploadRow, UploadRow.id == UploadedFileRow.upload_id)
        .join(VersionRow, VersionRow.id == UploadedFileRow.version_id)
        .join(DocumentRow, DocumentRow.id == UploadedFileRow.document_id)
        .where(
            VersionRow.category.is_not(None),
            DocumentRow.withdrawn_at.is_(None),
            UploadRow.updated_at >= now - _LOOKED_FOR,
            or_(
                UploadedFileRow.word_count.is_(None),
                UploadedFileRow.searchable_at.is_(None) & VersionRow.category.in_(_READ),
            ),
        )
        .order_by(UploadRow.updated_at, UploadedFileRow.number)
        .limit(_VERSIONS_AT_ONCE)
    )
    return [
        Unconfirmed(row.upload_id, row.number, row.document_id or "", row.version_id or "", row.word_count)
        for row in session.scalars(statement)
    ]


def confirm(session: Session, upload_id: str, number: int, word_count: int, is_found: bool) -> None:
    """Note how many words a file has, and that a search has found it."""
    row = session.get(UploadedFileRow, (upload_id, number))
    if row is None:  # it was removed from the list
        return
    row.word_count = word_count
    if is_found and row.searchable_at is None:
        row.searchable_at = datetime.now(UTC)


def forget_reading(session: Session, document_id: str) -> None:
    """Have the words of a document counted and looked for anew, because it is read again."""
    rows = session.execute(
        select(UploadedFileRow, UploadRow)
        .join(UploadRow, UploadRow.id == UploadedFileRow.upload_id)
        .where(UploadedFileRow.document_id == document_id)
    )
    for file, upload in rows:
        file.word_count = file.searchable_at = None
        upload.updated_at = datetime.now(UTC)


def with_bytes(session: Session, sha256: str) -> DocumentWithBytes | None:
    """Return a live document that has had these bytes, one that still has them first."""
    found = session.execute(
        select(DocumentRow, VersionRow)
        .join(VersionRow, VersionRow.document_id == DocumentRow.id)
        .where(VersionRow.sha256 == sha256, DocumentRow.withdrawn_at.is_(None))
        .order_by(VersionRow.number.desc(), DocumentRow.created_at)
    )
    known = [
        DocumentWithBytes(
            document.id,
            document.title,
            document.created_at,
            document.talk_id is not None or document.event_id is not None,
            not session.scalar(
                select(
                    exists().where(VersionRow.document_id == document.id, VersionRow.number > version.number)
                )
            ),
        )
        for document, version in found
    ]
    return max(known, key=lambda one: one.is_newest, default=None)


def _meant_for(target: UploadTarget) -> ColumnElement[bool]:
    columns = (
        (UploadRow.event_id, target.event_id),
        (UploadRow.talk_id, target.talk_id),
        (UploadRow.document_id, target.document_id),
    )
    return or_(false(), *(column == wanted for column, wanted in columns if wanted))


def _files(session: Session, upload_ids: Sequence[str]) -> dict[str, list[FileReading]]:
    has_jobs = exists().where(JobRow.version_id == UploadedFileRow.version_id)
    found = session.execute(
        select(UploadedFileRow, VersionRow, DocumentRow, has_jobs)
        .outerjoin(VersionRow, VersionRow.id == UploadedFileRow.version_id)
        .outerjoin(DocumentRow, DocumentRow.id == UploadedFileRow.document_id)
        .where(UploadedFileRow.upload_id.in_(upload_ids))
        .order_by(UploadedFileRow.upload_id, UploadedFileRow.number)
    )
    files: dict[str, list[FileReading]] = {}
    for row, version, document, is_waiting in found:
        reading = FileReading(
            row.number,
            UploadedFile(row.file, row.outcome, row.document_id, row.version_id, row.code, row.message),
        )
        if version is not None and document is not None:
            reading = replace(
                reading,
                title=document.title,
                kind=document.kind,
                category=version.category,
                message=version.message,
                page_count=version.page_count,
                pictures_done=version.pictures_done,
                problem_of_pictures=version.picture_message,
                has_jobs=bool(is_waiting),
                word_count=row.word_count,
                searchable_at=row.searchable_at,
            )
        files.setdefault(row.upload_id, []).append(reading)
    return files
