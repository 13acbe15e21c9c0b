"""Work to do, leased to one worker at a time; the job of a worker that died is leased again.

A lease is identified by its owner and the number of the attempt, so a worker that lost its lease and wakes up
late can neither renew nor finish the job.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    and_,
    case,
    delete,
    exists,
    func,
    insert,
    not_,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session, aliased

from archive.catalogue.database.inside import inside
from archive.catalogue.tables.journal import JobRow
from archive.model.jobs import Job, JobKind

_FREE: dict[str, Any] = {"lease_owner": "", "leased_until": None, "started_at": None}


def queue(session: Session, version_id: str, kind: JobKind) -> bool:
    """Queue a job; return False where the same job is waiting or at work already."""
    known = session.scalar(
        select(JobRow.id).where(JobRow.version_id == version_id, JobRow.kind == kind.value)
    )
    if known is not None:
        return False
    row = JobRow(
        kind=kind.value, version_id=version_id, attempts=0, lease_owner="", created_at=datetime.now(UTC)
    )
    session.add(row)
    session.flush()
    return True


def queue_all(session: Session, wanted: Sequence[tuple[str, JobKind]]) -> None:
    """Queue jobs, each of a version, that are known not to be there."""
    now = datetime.now(UTC)
    rows = [
        {"kind": kind.value, "version_id": version_id, "attempts": 0, "lease_owner": "", "created_at": now}
        for version_id, kind in wanted
    ]
    if rows:
        session.connection().execute(insert(JobRow), rows)


def lease(
    session: Session, owner: str, kinds: Sequence[JobKind], now: datetime, lease_s: float, attempts_max: int
) -> Job | None:
    """Lease the next job to `owner`, or return None. The attempt is counted at once.

    EXTRACT comes before RENDER and that before OCR, then the oldest first; a version's later kinds wait for
    the earlier ones. Of several workers that ask a server at once, each gets another job and none waits: rows
    that are locked are passed over.

    Args:
        session: A session that writes.
        owner: The worker, "process/thread".
        kinds: The kinds of jobs that it takes.
        now: A job whose lease ran out before is free again.
        lease_s: How long the lease lasts, in seconds.
        attempts_max: Jobs tried so many times are left alone.
    """
    in_order = case(
        *((JobRow.kind == kind.value, position) for position, kind in enumerate(JobKind)), else_=9
    )
    row = session.scalar(
        select(JobRow)
        .where(_of(kinds), free_at(now), _ready(), JobRow.attempts < attempts_max)
        .order_by(in_order, JobRow.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if row is None:
        return None
    row.attempts += 1
    row.lease_owner = owner
    row.leased_until = now + timedelta(seconds=lease_s)
    row.started_at = now
    session.flush()
    return _job(row)


def renew(session: Session, job: Job, now: datetime, lease_s: float) -> bool:
    """Extend the lease to `lease_s` seconds from `now`; return False where it was lost."""
    statement = update(JobRow).where(_is_leased_as(job)).values(leased_until=now + timedelta(seconds=lease_s))
    return _rows(session.execute(statement)) == 1


def finish(session: Session, job: Job) -> bool:
    """Delete the job; return False, and change nothing, where the lease was lost."""
    return _rows(session.execute(delete(JobRow).where(_is_leased_as(job)))) == 1


def release(session: Session, job: Job) -> None:
    """Give the job back and do not count this attempt; without effect where the lease was lost."""
    session.execute(update(JobRow).where(_is_leased_as(job)).values(attempts=JobRow.attempts - 1, **_FREE))


def owners(session: Session) -> tuple[str, ...]:
    """Return the owners of all leases."""
    names = session.scalars(select(JobRow.lease_owner).where(JobRow.lease_owner != "").distinct())
    return tuple(sorted(names))


def give_back(session: Session, process: str) -> int:
    """Give back the jobs of a process that stops, their last attempts not counted; return how many."""
    given_back = {"attempts": JobRow.attempts - 1, **_FREE}
    return _rows(session.execute(update(JobRow).where(_is_of(process)).values(given_back)))


def release_owner(session: Session, process: str) -> int:
    """Free the leases of a process that is known to be gone ("process/thread"); return how many.

    Their attempts stay counted: it may have been the job that ended the process.
    """
    freed = update(JobRow).where(_is_of(process)).values(**_FREE)
    return _rows(session.execute(freed))


def remaining(session: Session, version_ids: Sequence[str]) -> int:
    """Return how many jobs of these versions are waiting or at work."""
    wanted = set(version_ids)
    return sum(version_id in wanted for version_id in session.scalars(select(JobRow.version_id)))


def exhausted(session: Session, attempts_max: int, now: datetime) -> tuple[Job, ...]:
    """Return jobs tried `attempts_max` times whose last lease ran out: the worker died each time."""
    rows = session.scalars(
        select(JobRow).where(free_at(now), JobRow.attempts >= attempts_max).order_by(JobRow.id)
    )
    return tuple(_job(row) for row in rows)


def drop(session: Session, version_ids: Sequence[str]) -> None:
    """Delete all jobs of these versions; a worker on one of them has lost its lease."""
    session.execute(delete(JobRow).where(JobRow.version_id.in_(version_ids)))


def pending(session: Session) -> dict[JobKind, int]:
    """Return how many jobs of each kind are waiting or at work."""
    rows = session.execute(select(JobRow.kind, func.count()).group_by(JobRow.kind))
    counts: dict[str, int] = {kind: count for kind, count in rows}  # noqa: C416 - dict() hides the types
    return {kind: counts.get(kind.value, 0) for kind in JobKind}


def _is_of(process: str) -> ColumnElement[bool]:
    return or_(JobRow.lease_owner == process, inside(JobRow.lease_owner, process))


def _of(kinds: Sequence[JobKind]) -> ColumnElement[bool]:
    return JobRow.kind.in_([kind.value for kind in kinds])


def _ready() -> ColumnElement[bool]:
    """Return the condition that no earlier kind waits: kinds are declared in the order they are done in."""
    earlier = aliased(JobRow)
    kinds = list(JobKind)
    return or_(
        *(
            and_(
                JobRow.kind == kind.value,
                not_(
                    exists(
                        select(earlier.id).where(
                            earlier.version_id == JobRow.version_id, earlier.kind.in_(kinds[:position])
                        )
                    )
                ),
            )
            for position, kind in enumerate(kinds)
        )
    )


def free_at(now: datetime) -> ColumnElement[bool]:
    """Return the condition that no worker is at a job."""
    return or_(JobRow.leased_until.is_(None), JobRow.leased_until <= now)


def _is_leased_as(job: Job) -> ColumnElement[bool]:
    return and_(JobRow.id == job.id, JobRow.lease_owner == job.lease_owner, JobRow.attempts == job.attempts)


def _rows(result: Any) -> int:
    assert isinstance(result, CursorResult)
    return result.rowcount


def _job(row: JobRow) -> Job:
    return Job(row.id, JobKind(row.kind), row.version_id, row.attempts, row.leased_until, row.lease_owner)
