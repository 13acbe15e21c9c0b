"""What waits to be read and become an import: leased to one worker, ended in the import's transaction."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, or_, select, update
from sqlalchemy.orm import Session, defer

from archive.catalogue.identifiers import new_id
from archive.catalogue.tables.imports import ImportReadingRow
from archive.errors import NotFound
from archive.model.seminar_pages.imports import PageReading, ReadingState

ATTEMPTS_MAX = 3
_ENDED = (ReadingState.DONE.value, ReadingState.FAILED.value)
_KEPT_FOR = timedelta(days=7)


def queue_reading(
    session: Session,
    address: str,
    actor: str,
    body: bytes | None = None,
    filename: str = "",
    content_type: str = "",
) -> str:
    """Have an address, or the bytes of a file, read; return the reading's identifier.

    An address that waits or is being read already is not read a second time beside it. What ended a week ago
    is forgotten.
    """
    now = datetime.now(UTC)
    ended = ImportReadingRow.state.in_(_ENDED)
    session.execute(delete(ImportReadingRow).where(ended, ImportReadingRow.updated_at < now - _KEPT_FOR))
    if body is None:
        same = and_(ImportReadingRow.address == address, ImportReadingRow.body.is_(None), ~ended)
        known = session.scalar(select(ImportReadingRow.id).where(same).limit(1))
        if known is not None:
            return known
    row = ImportReadingRow(
        id=new_id(),
        address=address,
        filename=filename,
        content_type=content_type,
        body=body,
        login=actor,
        state=ReadingState.WAITING.value,
        attempts=0,
        code="",
        message="",
        import_id="",
        lease_owner="",
        leased_until=None,
        queued_at=now,
        updated_at=now,
    )
    session.add(row)
    session.flush()
    return row.id


def find_reading(session: Session, reading_id: str) -> PageReading:
    """Return a reading, without the bytes of its file. Raises NotFound."""
    statement = select(ImportReadingRow).options(defer(ImportReadingRow.body))
    row = session.scalar(statement.where(ImportReadingRow.id == reading_id))
    if row is None:
        raise NotFound("There is no such import.")
    return _reading(row, None)


def unfinished_readings(session: Session, limit: int) -> Sequence[PageReading]:
    """Return what is on its way or has failed, the newest first, without the bytes of files."""
    statement = select(ImportReadingRow).options(defer(ImportReadingRow.body))
    statement = statement.where(ImportReadingRow.state != ReadingState.DONE.value)
    statement = statement.order_by(ImportReadingRow.queued_at.desc(), ImportReadingRow.id).limit(limit)
    return [_reading(row, None) for row in session.scalars(statement)]


def retry_reading(session: Session, reading_id: str) -> bool:
    """Have something read again that could not be; return whether it had failed. Raises NotFound."""
    row = session.get(ImportReadingRow, reading_id)
    if row is None:
        raise NotFound("There is no such import.")
    if row.state != ReadingState.FAILED.value:
        return False
    row.state, row.attempts, row.code, row.message = ReadingState.WAITING.value, 0, "", ""
    row.lease_owner, row.leased_until = "", None
    row.updated_at = datetime.now(UTC)
    session.flush()
    return True


def is_any_reading_free(session: Session, now: datetime) -> bool:
    """Return whether something waits to be read."""
    return session.scalar(select(ImportReadingRow.id).where(_is_free(now)).limit(1)) is not None


def lease_reading(session: Session, owner: str, now: datetime, lease_s: float) -> PageReading | None:
    """Lease what has waited longest, or return None. The attempt is counted at once."""
    row = session.scalar(
        select(ImportReadingRow)
        .where(_is_free(now))
        .order_by(ImportReadingRow.queued_at, ImportReadingRow.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if row is None:
        return None
    row.attempts += 1
    row.state = (ReadingState.FETCHING if row.body is None else ReadingState.READING).value
    row.lease_owner, row.leased_until, row.updated_at = owner, now + timedelta(seconds=lease_s), now
    session.flush()
    return _reading(row, row.body)


def owners_of_readings(session: Session) -> Sequence[str]:
    """Return who has leased something that has not come to an end."""
    leased = and_(ImportReadingRow.lease_owner != "", ImportReadingRow.state.not_in(_ENDED))
    return session.scalars(select(ImportReadingRow.lease_owner).where(leased).distinct()).all()


def free_readings(session: Session, owners: Sequence[str]) -> None:
    """Let others take what these had leased."""
    free = update(ImportReadingRow).where(ImportReadingRow.lease_owner.in_(owners))
    session.execute(free.values(lease_owner="", leased_until=None, state=ReadingState.WAITING.value))


def note_reads(session: Session, reading: PageReading) -> bool:
    """Note that what was fetched is being read now. False: the lease was lost."""
    return _noted(session, reading, ReadingState.READING)


def finish_reading(session: Session, reading: PageReading, import_id: str) -> bool:
    """Note which import something has become; its bytes are in the store. False: the lease was lost."""
    row = _leased(session, reading)
    if row is None:
        return False
    row.import_id, row.body = import_id, None
    return _noted(session, reading, ReadingState.DONE)


def fail_reading(session: Session, reading: PageReading, code: str, message: str) -> bool:
    """Note why something could not be read; its bytes stay, to try again. False: the lease was lost."""
    return _noted(session, reading, ReadingState.FAILED, code, message)


def give_back_reading(session: Session, reading: PageReading) -> bool:
    """Let the next worker try: this one was interrupted. False: the lease was lost."""
    return _noted(session, reading, ReadingState.WAITING)


def _noted(
    session: Session, reading: PageReading, state: ReadingState, code: str = "", message: str = ""
) -> bool:
    row = _leased(session, reading)
    if row is None:
        return False
    row.state, row.code, row.message = state.value, code, message
    if state is not ReadingState.READING:
        row.lease_owner, row.leased_until = "", None
    row.updated_at = datetime.now(UTC)
    session.flush()
    return True


def _is_free(now: datetime) -> ColumnElement[bool]:
    free = or_(ImportReadingRow.leased_until.is_(None), ImportReadingRow.leased_until <= now)
    return and_(ImportReadingRow.state.not_in(_ENDED), free)


def _leased(session: Session, reading: PageReading) -> ImportReadingRow | None:
    row = session.get(ImportReadingRow, reading.id, with_for_update=True)
    if row is None or row.lease_owner != reading.lease_owner or row.attempts != reading.attempts:
        return None
    return row


def _reading(row: ImportReadingRow, body: bytes | None) -> PageReading:
    return PageReading(
        id=row.id,
        address=row.address,
        filename=row.filename,
        content_type=row.content_type,
        body=body,
        login=row.login,
        state=ReadingState(row.state),
        queued_at=row.queued_at,
        attempts=row.attempts,
        code=row.code,
        message=row.message,
        import_id=row.import_id,
        lease_owner=row.lease_owner,
    )
