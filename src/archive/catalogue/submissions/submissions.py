"""Submissions: what somebody says of files that they send in, and which documents were made of them."""

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, exists, not_, select
from sqlalchemy.orm import Session

from archive.catalogue import audit
from archive.catalogue.accept import Acceptance
from archive.catalogue.tables.submissions import SubmissionRow, SubmittedUploadRow
from archive.catalogue.tables.uploads import UploadedFileRow
from archive.errors import NotFound
from archive.model.submissions import NewSubmission, Submission

_ID_BYTES = 16
OWN_DOCUMENT = (Acceptance.NEW.value, Acceptance.UNCHANGED.value)
"""Outcomes of files that became documents of their own; of others the document is not the sender's."""


def add(session: Session, new: NewSubmission) -> Submission:
    """Keep what somebody says of the files that follow."""
    row = SubmissionRow(
        id=secrets.token_hex(_ID_BYTES),
        login=new.login,
        sender=new.sender,
        title=new.title,
        event=new.event,
        event_id=new.event_id,
        talk=new.talk,
        note=new.note,
        rights=new.rights,
        made_at=datetime.now(UTC),
    )
    session.add(row)
    session.flush()
    audit.record(session, new.login, "submission.add", row.id, "added", new.title)
    return to_submission(row)


def find(session: Session, submission_id: str, login: str) -> Submission:
    """Return a submission of a login. Raises NotFound: others' cannot be told from those not there."""
    row = session.get(SubmissionRow, submission_id)
    if row is None or row.login != login:
        raise NotFound("There is no such submission. Fill in the form again.")
    return to_submission(row)


def of_upload(session: Session, upload_id: str) -> Submission | None:
    """Return what an upload was sent in with, None for what staff sent."""
    row = session.scalar(
        select(SubmissionRow)
        .join(SubmittedUploadRow, SubmittedUploadRow.submission_id == SubmissionRow.id)
        .where(SubmittedUploadRow.upload_id == upload_id)
    )
    return None if row is None else to_submission(row)


def of_documents(session: Session, document_ids: Sequence[str]) -> dict[str, Submission]:
    """Return with what each of some documents was sent in; those of staff are left out."""
    statement = (
        select(UploadedFileRow.document_id, SubmissionRow)
        .join(SubmittedUploadRow, SubmittedUploadRow.upload_id == UploadedFileRow.upload_id)
        .join(SubmissionRow, SubmissionRow.id == SubmittedUploadRow.submission_id)
        .where(UploadedFileRow.document_id.in_(document_ids), UploadedFileRow.outcome.in_(OWN_DOCUMENT))
    )
    return {document_id: to_submission(row) for document_id, row in session.execute(statement) if document_id}


def forget_empty(session: Session, older_than: timedelta) -> None:
    """Forget submissions of which no file ever began to come, once they are so old."""
    has_files = exists().where(SubmittedUploadRow.submission_id == SubmissionRow.id)
    is_old = SubmissionRow.made_at < datetime.now(UTC) - older_than
    session.execute(delete(SubmissionRow).where(is_old, not_(has_files)))


def to_submission(row: SubmissionRow) -> Submission:
    """Return the record of a row."""
    given = NewSubmission(
        login=row.login,
        sender=row.sender,
        title=row.title,
        event=row.event,
        event_id=row.event_id,
        talk=row.talk,
        note=row.note,
        rights=row.rights,
    )
    return Submission(row.id, given, row.made_at)
