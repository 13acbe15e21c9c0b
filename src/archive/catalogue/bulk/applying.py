"""Write a plan: all of it in one edit, with a few statements for each 400 records."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import case, delete, func, insert, select, update
from sqlalchemy.orm import Session

from archive.catalogue import jobs, taken_out
from archive.catalogue.bulk.chunks import chunks
from archive.catalogue.bulk.subjects import let_all_parts_follow, newest_versions
from archive.catalogue.journal.recording import recording
from archive.catalogue.tables.documents import DocumentRow, VersionRow
from archive.catalogue.tables.events import EventFocusAreaRow, TalkRegionRow, TalkRow
from archive.catalogue.tables.journal import AuditEventRow
from archive.garbage import garbage_waits
from archive.model.bulk import BulkChange, BulkKind, ChangedRecordKind, Plan, PlannedChange
from archive.model.documents import WithdrawalReason
from archive.model.edits import Author, Edit
from archive.model.jobs import JobKind

_Write = Callable[[Session, str, Sequence[PlannedChange]], None]

_AUDIT = {
    BulkKind.VISIBILITY: "document.visibility",
    BulkKind.WITHDRAW: "document.withdraw",
    BulkKind.READ_AGAIN: "document.retry",
}
_FACTS = "document.facts"


@garbage_waits()
def apply(session: Session, plan: Plan, author: Author) -> Edit | None:
    """Make the changes of a plan that was made in this transaction.

    Args:
        session: A session that writes: nothing has changed since the plan was made in it.
        plan: What to change; those refused stay as they are.
        author: Who changes it, and of which group the edit is.

    Returns:
        The edit, with which all of it can be taken back; None where no record was to change.
    """
    by_change: defaultdict[BulkChange, list[PlannedChange]] = defaultdict(list)
    each: defaultdict[BulkKind, list[PlannedChange]] = defaultdict(list)
    for one in plan.changes:
        if one.change.kind in _EACH:
            each[one.change.kind].append(one)
        else:
            by_change[one.change].append(one)
    with recording(session, author) as record:
        for change, records in by_change.items():
            _WRITES[change.kind](session, change.value, records)
        for kind, records in each.items():
            _EACH[kind](session, "", records)
        _note(session, plan.changes, author.actor)
    return record.edit


def _visibility(session: Session, value: str, records: Sequence[PlannedChange]) -> None:
    own = case((DocumentRow.draft, DocumentRow.visibility), else_=value)
    documents = _documents(records)
    _update(session, DocumentRow, documents, {"visibility": own, "visibility_given": value})
    let_all_parts_follow(session, documents)


def _language(session: Session, value: str, records: Sequence[PlannedChange]) -> None:
    documents = _documents(records)
    _update(session, DocumentRow, documents, {"language": value, "language_is_given": True})
    _update(session, TalkRow, _talks_of(session, documents), {"language": value})


def _event(session: Session, value: str, records: Sequence[PlannedChange]) -> None:
    """Move talks and documents to an event; talks come last there, in the order of the plan."""
    event_id = value or None
    talks = [one.id for one in records if one.record is ChangedRecordKind.TALK]
    last = 0
    if event_id:
        statement = select(func.max(TalkRow.position)).where(TalkRow.event_id == event_id)
        last = session.scalar(statement) or 0
    positions = {talk_id: last + number if event_id else 1 for number, talk_id in enumerate(talks, 1)}
    _update_each(session, TalkRow, "position", positions, {"event_id": event_id})
    for some in chunks(talks):
        _execute(session, update(DocumentRow).where(DocumentRow.talk_id.in_(some)).values(event_id=event_id))
    alone = [one.id for one in records if one.record is ChangedRecordKind.DOCUMENT]
    _update(session, DocumentRow, alone, {"event_id": event_id})
    let_all_parts_follow(session, _documents(records))


def _add_region(session: Session, value: str, records: Sequence[PlannedChange]) -> None:
    last = _last_positions(session, TalkRegionRow.talk_id, TalkRegionRow.position, records)
    rows = [{"talk_id": one.id, "position": last.get(one.id, 0) + 1, "region_code": value} for one in records]
    session.execute(insert(TalkRegionRow), rows)


def _remove_region(session: Session, value: str, records: Sequence[PlannedChange]) -> None:
    for some in chunks(one.id for one in records):
        is_one = TalkRegionRow.talk_id.in_(some), TalkRegionRow.region_code == value
        _execute(session, delete(TalkRegionRow).where(*is_one))


def _add_focus_area(session: Session, value: str, records: Sequence[PlannedChange]) -> None:
    last = _last_positions(session, EventFocusAreaRow.event_id, EventFocusAreaRow.position, records)
    rows = [
        {"event_id": one.id, "position": last.get(one.id, 0) + 1, "focus_area_id": value} for one in records
    ]
    session.execute(insert(EventFocusAreaRow), rows)


def _remove_focus_area(session: Session, value: str, records: Sequence[PlannedChange]) -> None:
    for some in chunks(one.id for one in records):
        is_one = EventFocusAreaRow.event_id.in_(some), EventFocusAreaRow.focus_area_id == value
        _execute(session, delete(EventFocusAreaRow).where(*is_one))


def _withdraw(session: Session, _value: str, records: Sequence[PlannedChange]) -> None:
    documents = _documents(records)
    gone = {"withdrawn_at": datetime.now(UTC), "withdrawn_reason": WithdrawalReason.STAFF.value}
    _update(session, DocumentRow, documents, gone)
    taken_out.drop_jobs(session, documents)


def _read_again(session: Session, _value: str, records: Sequence[PlannedChange]) -> None:
    versions = list(newest_versions(session, _documents(records)).values())
    jobs.queue_all(session, [(one, kind) for kind in (JobKind.EXTRACT, JobKind.RENDER) for one in versions])
    _update(session, VersionRow, versions, {"pictures_done": False, "picture_message": ""})


def _titles(session: Session, _value: str, records: Sequence[PlannedChange]) -> None:
    talks = {one.id: one.change.value for one in records if one.record is ChangedRecordKind.TALK}
    _update_each(session, TalkRow, "topic", talks)
    documents = {document: one.change.value for one in records for document in one.documents}
    _update_each(session, DocumentRow, "title", documents, {"title_is_given": True})


def _dates(session: Session, _value: str, records: Sequence[PlannedChange]) -> None:
    dates = {one.id: one.change.value for one in records}
    _update_each(session, DocumentRow, "file_date", dates, {"date_is_given": True})


def _publishers(session: Session, _value: str, records: Sequence[PlannedChange]) -> None:
    _update_each(session, DocumentRow, "publisher", {one.id: one.change.value for one in records})


def _note(session: Session, changes: Iterable[PlannedChange], actor: str) -> None:
    """Note in the audit what became of each document."""
    now = datetime.now(UTC)
    rows = [
        {
            "at": now,
            "actor": actor,
            "action": _AUDIT.get(one.change.kind, _FACTS),
            "subject": document,
            "outcome": one.change.value if one.change.kind is BulkKind.VISIBILITY else "bulk",
            "detail": one.change.kind.value,
        }
        for one in changes
        for document in one.documents
    ]
    if rows:
        session.connection().execute(insert(AuditEventRow), rows)


def _update(session: Session, mapped: type[Any], ids: Iterable[str], values: Mapping[str, Any]) -> None:
    for some in chunks(ids):
        _execute(session, update(mapped).where(mapped.id.in_(some)).values(**values))


def _update_each(
    session: Session,
    mapped: type[Any],
    column: str,
    values: Mapping[str, Any],
    others: Mapping[str, Any] | None = None,
) -> None:
    """Set one column of each row to a value of its own, with one statement for all."""
    if values:
        rows = [{"id": one, column: value, **(others or {})} for one, value in values.items()]
        _execute(session, update(mapped), rows)


def _execute(session: Session, statement: Any, rows: Sequence[Mapping[str, Any]] | None = None) -> None:
    options = {} if rows else {"synchronize_session": False}
    session.execute(statement, rows, execution_options=options)


def _documents(records: Iterable[PlannedChange]) -> list[str]:
    return [document for one in records for document in one.documents]


def _talks_of(session: Session, documents: Iterable[str]) -> list[str]:
    found: list[str] = []
    for some in chunks(documents):
        is_one = DocumentRow.id.in_(some), DocumentRow.talk_id.is_not(None)
        found += [one for one in session.scalars(select(DocumentRow.talk_id).where(*is_one)) if one]
    return found


def _last_positions(
    session: Session, owner: Any, position: Any, records: Iterable[PlannedChange]
) -> dict[str, int]:
    found: dict[str, int] = {}
    for some in chunks(one.id for one in records):
        rows = session.execute(select(owner, func.max(position)).where(owner.in_(some)).group_by(owner))
        found |= dict(rows.all())
    return found


_WRITES: Mapping[BulkKind, _Write] = {
    BulkKind.ADD_FOCUS_AREA: _add_focus_area,
    BulkKind.REMOVE_FOCUS_AREA: _remove_focus_area,
    BulkKind.ADD_REGION: _add_region,
    BulkKind.REMOVE_REGION: _remove_region,
    BulkKind.VISIBILITY: _visibility,
    BulkKind.LANGUAGE: _language,
    BulkKind.EVENT: _event,
    BulkKind.WITHDRAW: _withdraw,
    BulkKind.READ_AGAIN: _read_again,
}
_EACH: Mapping[BulkKind, _Write] = {
    BulkKind.TITLE: _titles,
    BulkKind.DATE: _dates,
    BulkKind.PUBLISHER: _publishers,
}
