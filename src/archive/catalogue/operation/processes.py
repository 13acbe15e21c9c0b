"""Which processes work on an archive, by the catalogue's own clock."""

import os
import socket
from collections import defaultdict
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from archive.catalogue.database import clock
from archive.catalogue.tables.documents import VersionRow
from archive.catalogue.tables.journal import JobRow
from archive.catalogue.tables.processes import ProcessRow
from archive.model.jobs import JobKind
from archive.model.processes import LeasedJob, Process, ProcessKind

_LISTED_FOR: Final = 20
"""A process that ended without a word is listed for so many times as long as it takes to count as gone."""


def note(session: Session, name: str, kind: ProcessKind) -> None:
    """Note that this process is there: it begins, or has a heartbeat."""
    now = clock.now(session)
    row = session.get(ProcessRow, name)
    if row is not None:
        row.seen_at = now
        return
    session.add(
        ProcessRow(
            name=name,
            kind=kind.value,
            host=socket.gethostname(),
            pid=os.getpid(),
            started_at=now,
            seen_at=now,
        )
    )


def forget(session: Session, names: Collection[str]) -> None:
    """Take processes off the list that have ended."""
    session.execute(delete(ProcessRow).where(ProcessRow.name.in_(names)))


def forget_old(session: Session, dead_after_s: float) -> None:
    """Take those off the list that ended without a word long ago."""
    until = clock.now(session) - timedelta(seconds=_LISTED_FOR * dead_after_s)
    session.execute(delete(ProcessRow).where(ProcessRow.seen_at < until))


def names(session: Session) -> tuple[str, ...]:
    """Return the names of all that are listed."""
    return tuple(session.scalars(select(ProcessRow.name).order_by(ProcessRow.name)))


def silent(session: Session, names: Collection[str], dead_after_s: float) -> frozenset[str]:
    """Return those of `names` that have had no heartbeat for so long, or are not listed."""
    since = clock.now(session) - timedelta(seconds=dead_after_s)
    heard = select(ProcessRow.name).where(ProcessRow.name.in_(names), ProcessRow.seen_at > since)
    return frozenset(names) - frozenset(session.scalars(heard))


def listed(session: Session, is_gone: Callable[[Session, Collection[str]], Collection[str]]) -> list[Process]:
    """Return all processes with the jobs that they have leased, the oldest first.

    Args:
        session: Reads.
        is_gone: Returns those of some names that do not run any more.
    """
    rows = session.scalars(select(ProcessRow).order_by(ProcessRow.started_at, ProcessRow.name)).all()
    gone = is_gone(session, [row.name for row in rows])
    jobs = _leased(session, clock.now(session))
    return [
        Process(
            row.name,
            ProcessKind(row.kind),
            row.host,
            row.pid,
            row.started_at,
            row.seen_at,
            row.name not in gone,
            tuple(jobs[row.name]),
        )
        for row in rows
    ]


def _leased(session: Session, now: datetime) -> defaultdict[str, list[LeasedJob]]:
    """Return the leases that last, by their process: owners are "process/thread"."""
    found: defaultdict[str, list[LeasedJob]] = defaultdict(list)
    statement = (
        select(JobRow, VersionRow.document_id, VersionRow.filename)
        .join(VersionRow, VersionRow.id == JobRow.version_id)
        .where(JobRow.leased_until > now)
        .order_by(JobRow.id)
    )
    for job, document_id, filename in session.execute(statement):
        assert job.leased_until
        leased = LeasedJob(JobKind(job.kind), document_id, filename, job.attempts, job.leased_until)
        found[job.lease_owner.partition("/")[0]].append(leased)
    return found
