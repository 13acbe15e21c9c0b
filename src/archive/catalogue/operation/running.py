"""What workers are at, what waits for them, and what they have set aside."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from archive.catalogue import jobs
from archive.catalogue.tables.documents import DocumentRow, VersionRow
from archive.catalogue.tables.journal import JobRow
from archive.model.jobs import JobKind

LISTED_MAX = 50
"""More jobs than that are never at work at once, and no list is longer."""


@dataclass(frozen=True, slots=True)
class DocumentJob:
    """A job with the document that it is about; `since` is when it was begun, or asked for if it waits."""

    kind: JobKind
    document_id: str
    title: str
    filename: str
    attempts: int
    since: datetime
    is_running: bool


@dataclass(frozen=True, slots=True)
class WaitingJobs:
    """How many jobs of a kind wait, and since when the oldest does (None: there are none)."""

    kind: JobKind
    count: int
    oldest_at: datetime | None


def running(session: Session, now: datetime) -> tuple[DocumentJob, ...]:
    """Return the jobs that workers are at, the one begun first first."""
    order = func.coalesce(JobRow.started_at, JobRow.created_at), JobRow.id
    kinds = [kind.value for kind in JobKind]  # so that the index of kind and lease is used
    rows = session.execute(_about().where(JobRow.kind.in_(kinds), JobRow.leased_until > now).order_by(*order))
    return tuple(_job(*row, now=now) for row in rows)


def waiting(session: Session, now: datetime, attempts_max: int) -> tuple[WaitingJobs, ...]:
    """Return how many jobs of each kind wait; those that were set aside do not."""
    rows = session.execute(
        select(JobRow.kind, func.count(), func.min(JobRow.created_at))
        .where(jobs.free_at(now), JobRow.attempts < attempts_max)
        .group_by(JobRow.kind)
    )
    found = {kind: WaitingJobs(JobKind(kind), count, oldest) for kind, count, oldest in rows}
    return tuple(found.get(kind.value, WaitingJobs(kind, 0, None)) for kind in JobKind)


def set_aside(session: Session, now: datetime, attempts_max: int) -> tuple[DocumentJob, ...]:
    """Return jobs that ended their worker as often as they may and that no worker has noted yet."""
    wanted = _about().where(jobs.free_at(now), JobRow.attempts >= attempts_max).order_by(JobRow.id)
    return tuple(_job(*row, now=now) for row in session.execute(wanted))


def of_document(session: Session, document_id: str, now: datetime) -> tuple[DocumentJob, ...]:
    """Return the jobs of a document's versions that are at work or waiting."""
    wanted = _about().where(VersionRow.document_id == document_id).order_by(JobRow.id)
    return tuple(_job(*row, now=now) for row in session.execute(wanted))


def _about() -> Select[JobRow, str, str, str]:
    """Select jobs, each with its document's identifier, file name and title; at most fifty."""
    return (
        select(JobRow, VersionRow.document_id, VersionRow.filename, DocumentRow.title)
        .join(VersionRow, VersionRow.id == JobRow.version_id)
        .join(DocumentRow, DocumentRow.id == VersionRow.document_id)
        .limit(LISTED_MAX)
    )


def _job(row: JobRow, document_id: str, filename: str, title: str, now: datetime) -> DocumentJob:
    is_running = row.leased_until is not None and row.leased_until > now
    since = row.started_at if is_running and row.started_at else row.created_at
    return DocumentJob(JobKind(row.kind), document_id, title, filename, row.attempts, since, is_running)
