"""The log of one document: what was done with it, by whom, and how that ended."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from archive.catalogue import taken_out
from archive.catalogue.operation import fixity, running
from archive.catalogue.operation.running import DocumentJob
from archive.catalogue.tables.journal import AuditEventRow
from archive.catalogue.versions import newest_version
from archive.model.extraction import Outcome
from archive.model.jobs import AuditEvent

LINES_MAX = 30
_DETAIL_MAX_CHARS = 300
_PATH = re.compile(r"(?:\b[A-Za-z]:)?(?:[/\\][^\s/\\:\"']+)+[/\\](?=[^\s/\\])")


@dataclass(frozen=True, slots=True)
class DocumentLog:
    """What became of a document: its newest version, its jobs, and its latest events, newest first.

    `last_look` is when all that the archive keeps was looked at last.
    """

    document_id: str
    title: str
    filename: str
    version: int
    given_at: datetime
    category: Outcome | None
    message: str
    picture_message: str
    page_count: int
    jobs: tuple[DocumentJob, ...]
    events: tuple[AuditEvent, ...]
    last_look: AuditEvent | None = None


def log(session: Session, document_id: str, now: datetime) -> DocumentLog:
    """Return the log of a live document, without paths and traces. Raises NotFound and Gone."""
    document = taken_out.live_row(session, document_id)
    version = newest_version(session, document.id)
    return DocumentLog(
        document.id,
        document.title,
        without_paths(version.filename),
        version.number,
        version.created_at,
        Outcome(version.category) if version.category else None,
        without_paths(version.message),
        without_paths(version.picture_message),
        version.page_count,
        running.of_document(session, document.id, now),
        _events(session, document.id),
        fixity.last_look(session),
    )


def without_paths(text: str) -> str:
    """Return the first line of a text with the folders left out of paths: nobody is told where files lie."""
    line = next(iter(text.splitlines()), "")
    return _PATH.sub("", line)[:_DETAIL_MAX_CHARS]


def _events(session: Session, document_id: str) -> tuple[AuditEvent, ...]:
    """Return what was done with a document, its pages ("ID/4"), and the files that are kept of it."""
    of_pages = AuditEventRow.subject.between(f"{document_id}/", f"{document_id}0")
    of_objects = AuditEventRow.subject.in_(fixity.objects_of(document_id))
    rows = session.scalars(
        select(AuditEventRow)
        .where(or_(AuditEventRow.subject == document_id, of_pages, of_objects))
        .order_by(AuditEventRow.id.desc())
        .limit(LINES_MAX)
    )
    return tuple(
        AuditEvent(row.id, row.at, row.actor, row.action, row.subject, row.outcome, without_paths(row.detail))
        for row in rows
    )
