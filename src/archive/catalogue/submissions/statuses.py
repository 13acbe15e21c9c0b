"""What senders are told of what they have sent in: how far each file is, and nothing else of staff's."""

from collections.abc import Sequence

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from archive.catalogue.submissions.submissions import OWN_DOCUMENT, to_submission
from archive.catalogue.tables.documents import DocumentRow, VersionRow
from archive.catalogue.tables.submissions import DeclinedDocumentRow, SubmissionRow, SubmittedUploadRow
from archive.catalogue.tables.uploads import UploadedFileRow, UploadRow
from archive.catalogue.uploads.uploads import to_upload
from archive.catalogue.versions import newest_version
from archive.catalogue.visibility import rank
from archive.model.extraction import Outcome
from archive.model.submissions import SubmissionStatus, SubmittedFile, SubmittedState
from archive.model.uploads import LEFT_OUT, Upload, UploadState
from archive.model.visibility import Visibility
from archive.visibility import may_see

_BEFORE = {
    UploadState.RECEIVING: SubmittedState.RECEIVING,
    UploadState.RECEIVED: SubmittedState.RECEIVED,
    UploadState.REFUSED: SubmittedState.REFUSED,
}


def sent_by(session: Session, login: str, visitor: Visibility, limit: int) -> Sequence[SubmissionStatus]:
    """Return what a login has sent in, the newest first; `visitor` is what they may see."""
    has_files = exists().where(SubmittedUploadRow.submission_id == SubmissionRow.id)
    found = session.scalars(
        select(SubmissionRow)
        .where(SubmissionRow.login == login, has_files)
        .order_by(SubmissionRow.made_at.desc(), SubmissionRow.id)
        .limit(limit)
    )
    return [SubmissionStatus(to_submission(row), files_of(session, row.id, visitor)) for row in found.all()]


def files_of(session: Session, submission_id: str, visitor: Visibility) -> Sequence[SubmittedFile]:
    """Return how far each file of a submission has come, in the order in which they were begun."""
    uploads = session.scalars(
        select(UploadRow)
        .join(SubmittedUploadRow, SubmittedUploadRow.upload_id == UploadRow.id)
        .where(SubmittedUploadRow.submission_id == submission_id)
        .order_by(UploadRow.made_at, UploadRow.id)
    ).all()
    return [_file(session, row, visitor) for row in uploads]


def _file(session: Session, row: UploadRow, visitor: Visibility) -> SubmittedFile:
    upload = to_upload(row)
    if upload.state is not UploadState.TAKEN:
        # Of bytes that staff have withdrawn its sender learns no more than that.
        message = "" if upload.code == LEFT_OUT else upload.message
        return SubmittedFile(upload, _BEFORE[upload.state], message)
    taken = session.get(UploadedFileRow, (row.id, 1))
    if taken is None or taken.outcome not in OWN_DOCUMENT or taken.document_id is None:
        return SubmittedFile(upload, SubmittedState.REFUSED)
    document = session.get_one(DocumentRow, taken.document_id)
    if document.withdrawn_at is not None:
        declined = session.get(DeclinedDocumentRow, document.id)
        if declined is None or declined.at < document.withdrawn_at:
            return SubmittedFile(upload, SubmittedState.SETTLED)
        return SubmittedFile(upload, SubmittedState.DECLINED, declined.reason)
    if not document.draft:
        if not may_see(visitor, rank(session, document.id)):
            return SubmittedFile(upload, SubmittedState.SETTLED)
        return SubmittedFile(upload, SubmittedState.PUBLISHED, document_id=document.id)
    return _waiting(upload, newest_version(session, document.id))


def _waiting(upload: Upload, version: VersionRow) -> SubmittedFile:
    if version.category is None:
        return SubmittedFile(upload, SubmittedState.RECEIVED)
    if Outcome(version.category).is_read or Outcome(version.category) is Outcome.EMPTY_NEEDS_OCR:
        return SubmittedFile(upload, SubmittedState.READ)
    return SubmittedFile(upload, SubmittedState.UNREADABLE, version.message)
