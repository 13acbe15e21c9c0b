"""How the reading of documents ended: which ones ended badly, and asking for another try."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, and_, func, literal_column, select, true, update
from sqlalchemy.orm import Session

from archive.catalogue import audit, jobs, ocr_results, taken_out
from archive.catalogue.tables.documents import DocumentRow, VersionRow
from archive.catalogue.tables.journal import AuditEventRow, JobRow
from archive.catalogue.versions import newest_numbers, newest_version
from archive.model.extraction import Outcome
from archive.model.jobs import JobKind

NOT_WHOLE = tuple(category for category in Outcome if category is not Outcome.OK)
"""The outcomes that staff may want to do something about."""

_DOCUMENTS_A_QUERY = 400
_Newest = Row[str, str, str | None, bool, str]
_MAY_PASS = {Outcome.CRASH.value, Outcome.TIMEOUT.value, Outcome.RESOURCE_LIMIT.value}
_NEVER_DRAWN = {Outcome.PASSWORD.value, Outcome.UNSUPPORTED_TYPE.value, Outcome.DAMAGED.value}


@dataclass(frozen=True, slots=True)
class ReadingOutcome:
    """How the reading of a document's newest version ended."""

    document_id: str
    version_id: str
    title: str
    filename: str
    category: Outcome
    message: str


def outcomes(session: Session, categories: Collection[Outcome] = NOT_WHOLE) -> list[ReadingOutcome]:
    """Return live documents whose newest version ended in one of `categories`, by category and name."""
    newest = newest_numbers()
    rows = session.execute(
        select(DocumentRow, VersionRow)
        .join(newest, newest.c.document_id == DocumentRow.id)
        .join(
            VersionRow, and_(VersionRow.document_id == DocumentRow.id, VersionRow.number == newest.c.number)
        )
        .where(
            DocumentRow.withdrawn_at.is_(None),
            VersionRow.category.in_([category.value for category in categories]),
        )
        .order_by(VersionRow.category, VersionRow.filename, DocumentRow.id)
    )
    return [
        ReadingOutcome(
            document.id, row.id, document.title, row.filename, Outcome(row.category or ""), row.message
        )
        for document, row in rows
    ]


_REFUSE, _SETTLED = "file.refuse", "settled"


@dataclass(frozen=True, slots=True)
class FileNotTaken:
    """A file that was not taken in: its path, the outcome's or error's code, what to do, and since when."""

    file: str
    code: str
    message: str
    at: datetime


def note_refusal(session: Session, file: str, code: str, message: str, actor: str) -> None:
    """Remember that a file was not taken in, in the audit, once for each reason in a row."""
    known = {(one.file, one.code, one.message) for one in refusals(session, file)}
    if (file, code, message) not in known:
        audit.record(session, actor, _REFUSE, file, code, message)


def settle_refusals(session: Session, files: Collection[str], actor: str) -> None:
    """Note of files that were refused before that they are no longer."""
    for file in files:
        audit.record(session, actor, _REFUSE, file, _SETTLED)


def refusals(session: Session, file: str = "") -> list[FileNotTaken]:
    """Return the files that were not taken in when they were last given, by name.

    With `file` only that one and those in it (a zip, a mail).
    """
    of_file = AuditEventRow.subject.between(f"{file}/", f"{file}0") | (AuditEventRow.subject == file)
    newest = (
        select(func.max(AuditEventRow.id))
        # The action is written out, so that the partial index is used.
        .where(AuditEventRow.action == literal_column(f"'{_REFUSE}'"), of_file if file else true())
        .group_by(AuditEventRow.subject)
    )
    rows = session.execute(
        select(AuditEventRow.subject, AuditEventRow.outcome, AuditEventRow.detail, AuditEventRow.at)
        .where(AuditEventRow.id.in_(newest), AuditEventRow.outcome != _SETTLED)
        .order_by(AuditEventRow.subject)
    )
    return [FileNotTaken(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class RetriedVersion:
    """A version that will be read once more."""

    document_id: str
    version_id: str
    filename: str


def retry(session: Session, document_ids: Sequence[str], actor: str) -> list[RetriedVersion]:
    """Queue the reading and drawing of the documents' newest versions once more; return these versions.

    What was read before stays until the new reading is done. Raises NotFound and Gone.
    """
    retried: list[RetriedVersion] = []
    for document_id in document_ids:
        version = newest_version(session, taken_out.live_row(session, document_id).id)
        jobs.drop(session, [version.id])  # a waiting OCR belongs to the pages of the old reading
        for kind in (JobKind.EXTRACT, JobKind.RENDER):
            jobs.queue(session, version.id, kind)
        version.pictures_done, version.picture_message = False, ""
        audit.record(session, actor, "document.retry", document_id, "asked", version.filename)
        retried.append(RetriedVersion(document_id, version.id, version.filename))
    return retried


def retry_where_failed(session: Session, document_id: str) -> bool:
    """Queue once more what failed for a reason that may pass; return whether a job was added."""
    return retry_all_where_failed(session, [document_id]) > 0


def retry_all_where_failed(session: Session, document_ids: Sequence[str]) -> int:
    """Queue once more what failed for a reason that may pass; return how many jobs were added."""
    session.flush()
    added = 0
    for start in range(0, len(document_ids), _DOCUMENTS_A_QUERY):
        newest = _newest_versions(session, document_ids[start : start + _DOCUMENTS_A_QUERY])
        versions = [row.id for row in newest]
        queued = select(JobRow.version_id, JobRow.kind).where(JobRow.version_id.in_(versions))
        known = {tuple(row) for row in session.execute(queued).all()}
        lacking = [
            (version_id, kind)
            for version_id, kind in _lacking(session, newest)
            if (version_id, kind.value) not in known
        ]
        jobs.queue_all(session, lacking)
        drawn_again = [version_id for version_id, kind in lacking if kind is JobKind.RENDER]
        if drawn_again:
            is_one = VersionRow.id.in_(drawn_again)
            session.execute(update(VersionRow).where(is_one).values(pictures_done=False, picture_message=""))
        added += len(lacking)
    return added


def _newest_versions(session: Session, document_ids: Sequence[str]) -> Sequence[_Newest]:
    """Return what is known of the newest version of each document."""
    columns = VersionRow.id, VersionRow.category, VersionRow.pictures_done, VersionRow.picture_message
    rows = session.execute(
        select(VersionRow.document_id, *columns)
        .where(VersionRow.document_id.in_(document_ids))
        .order_by(VersionRow.number)
    ).all()
    newest: dict[str, _Newest] = {row.document_id: row for row in rows}
    return list(newest.values())


def _lacking(session: Session, newest: Sequence[_Newest]) -> Iterator[tuple[str, JobKind]]:
    """Yield what versions lack, for a reason that may pass."""
    waiting = ocr_results.waiting_versions(session, [version.id for version in newest])
    for version in newest:
        if version.category is None or version.category in _MAY_PASS:
            yield version.id, JobKind.EXTRACT
        if version.id in waiting:
            yield version.id, JobKind.OCR
        is_drawn = version.pictures_done and not version.picture_message
        if version.category not in _NEVER_DRAWN and not is_drawn:
            yield version.id, JobKind.RENDER
