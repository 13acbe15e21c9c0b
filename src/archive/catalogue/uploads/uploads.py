"""Uploads from state to state: begun, received, taken in or refused. The bytes are kept elsewhere."""

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from archive.catalogue import audit
from archive.catalogue.tables.documents import DocumentRow
from archive.catalogue.tables.events import EventRow, TalkRow
from archive.catalogue.tables.submissions import SubmittedUploadRow
from archive.catalogue.tables.uploads import UploadedFileRow, UploadRow
from archive.errors import InputError, NotFound
from archive.model.uploads import NewUpload, Upload, UploadedFile, UploadState, UploadTarget

_ID_BYTES = 16  # an identifier is in the address that bytes are sent to, so nobody may guess it
_NOT_THERE = "What the file was meant for is not in the archive (any more). Load the page again."


def add(session: Session, new: NewUpload) -> Upload:
    """Begin an upload. Raises InputError where its event, talk or document is not there."""
    _check_target(session, new.target)
    now = datetime.now(UTC)
    row = UploadRow(
        id=secrets.token_hex(_ID_BYTES),
        login=new.login,
        batch=new.batch,
        filename=new.filename,
        folder=new.folder,
        size_bytes=new.size_bytes,
        sha256=new.sha256,
        is_separate=new.is_separate,
        event_id=new.target.event_id,
        talk_id=new.target.talk_id,
        document_id=new.target.document_id,
        state=UploadState.RECEIVING.value,
        code="",
        message="",
        made_at=now,
        updated_at=now,
    )
    session.add(row)
    session.flush()
    if new.submission_id:
        session.add(SubmittedUploadRow(upload_id=row.id, submission_id=new.submission_id))
        session.flush()
    return to_upload(row)


def find(session: Session, upload_id: str) -> Upload:
    """Return an upload. Raises NotFound."""
    return to_upload(_row(session, upload_id))


def in_states(session: Session, *states: UploadState) -> Sequence[Upload]:
    """Return the uploads in some states, the oldest first."""
    rows = session.scalars(
        select(UploadRow)
        .where(UploadRow.state.in_([state.value for state in states]))
        .order_by(UploadRow.made_at, UploadRow.id)
    )
    return [to_upload(row) for row in rows]


def count_in(session: Session, *states: UploadState) -> int:
    """Return how many uploads are in some states."""
    values = [state.value for state in states]
    return session.scalar(select(func.count()).where(UploadRow.state.in_(values))) or 0


def receive(session: Session, upload_id: str) -> None:
    """Note that all bytes of an upload are there; one that is further already stays so. Raises NotFound."""
    row = _row(session, upload_id)
    if row.state == UploadState.RECEIVING.value:
        _set(row, UploadState.RECEIVED)


def wait(session: Session, upload_id: str, code: str, message: str) -> None:
    """Note why an upload cannot be taken in just now; it is tried again. Raises NotFound."""
    row = _row(session, upload_id)
    if (row.code, row.message) != (code, message):
        row.code, row.message = code, message


def take(session: Session, upload_id: str, files: Sequence[UploadedFile], sha256: str) -> None:
    """Note that an upload was taken in, and what became of its files. Raises NotFound."""
    row = _row(session, upload_id)
    session.execute(delete(UploadedFileRow).where(UploadedFileRow.upload_id == upload_id))
    for number, file in enumerate(files, start=1):
        session.add(
            UploadedFileRow(
                upload_id=upload_id,
                number=number,
                file=file.file,
                outcome=file.outcome,
                document_id=file.document_id,
                version_id=file.version_id,
                code=file.code,
                message=file.message,
            )
        )
    row.sha256 = sha256 or row.sha256
    _set(row, UploadState.TAKEN)
    audit.record(session, row.login, "upload.take", upload_id, "taken", row.filename)


def refuse(session: Session, upload_id: str, code: str, message: str) -> None:
    """Note that an upload was refused, and why. Raises NotFound."""
    row = _row(session, upload_id)
    _set(row, UploadState.REFUSED)
    row.code, row.message = code, message
    audit.record(session, row.login, "upload.take", upload_id, code, row.filename)


def take_separately(session: Session, upload_id: str, actor: str) -> None:
    """Have an upload taken in once more, now as a document of its own. Raises NotFound and InputError."""
    row = _row(session, upload_id)
    if row.state != UploadState.TAKEN.value or not row.sha256:
        raise InputError("Only a file that was taken in can become a document of its own.")
    row.is_separate = True
    _set(row, UploadState.RECEIVED)
    audit.record(session, actor, "upload.separate", upload_id, "asked", row.filename)


def remove(session: Session, upload_id: str, actor: str) -> None:
    """Remove an upload from the list; documents that were made of it stay.

    Raises NotFound, and InputError for a file that was sent in: its sender is told what became of it.
    """
    row = _row(session, upload_id)
    submitted = session.get(SubmittedUploadRow, upload_id)
    if submitted is not None and row.state != UploadState.RECEIVING.value:
        raise InputError("The file was sent in. Its row stays, so that its sender sees what became of it.")
    if submitted is not None:
        session.delete(submitted)
        session.flush()
    session.execute(delete(UploadedFileRow).where(UploadedFileRow.upload_id == upload_id))
    session.delete(row)
    audit.record(session, actor, "upload.remove", upload_id, row.state, row.filename)


def to_upload(row: UploadRow) -> Upload:
    """Return the record of a row."""
    return Upload(
        id=row.id,
        given=NewUpload(
            login=row.login,
            filename=row.filename,
            size_bytes=row.size_bytes,
            folder=row.folder,
            batch=row.batch,
            sha256=row.sha256,
            target=UploadTarget(row.event_id, row.talk_id, row.document_id),
            is_separate=row.is_separate,
        ),
        state=UploadState(row.state),
        code=row.code,
        message=row.message,
        made_at=row.made_at,
        updated_at=row.updated_at,
    )


def _set(row: UploadRow, state: UploadState) -> None:
    row.state, row.code, row.message, row.updated_at = state.value, "", "", datetime.now(UTC)


def _row(session: Session, upload_id: str) -> UploadRow:
    row = session.get(UploadRow, upload_id)
    if row is None:
        raise NotFound("There is no such upload. Send the file again.")
    return row


def _check_target(session: Session, target: UploadTarget) -> None:
    for table, wanted in (
        (EventRow, target.event_id),
        (TalkRow, target.talk_id),
        (DocumentRow, target.document_id),
    ):
        row = session.get(table, wanted) if wanted else None
        if wanted and (row is None or getattr(row, "withdrawn_at", None) is not None):
            raise InputError(_NOT_THERE)
