"""Events one by one: their fields, a new one, a changed one, one that goes."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue import audit
from archive.catalogue.editing.fields import EventFields
from archive.catalogue.editing.listed import ListedRecord
from archive.catalogue.editing.new_drafts import given_after, given_on_creation
from archive.catalogue.editing.references import require_unused
from archive.catalogue.events.events import select_events
from archive.catalogue.events.films import films_of_event, save_films_of_event
from archive.catalogue.events.names import clean_name
from archive.catalogue.events.talks import newest_first
from archive.catalogue.identifiers import new_id
from archive.catalogue.tables.events import EventFocusAreaRow, EventRow, FocusAreaRow
from archive.errors import NotFound, RecordRefused
from archive.model.events import DatePrecision, iso_date, read_date
from archive.model.visibility import Visibility

_UNKNOWN = (None, DatePrecision.DAY)


def known(session: Session, event_id: str) -> EventFields:
    """Return the fields of an event. Raises NotFound."""
    row = _row(session, event_id)
    return EventFields(
        title=row.title,
        kind=row.kind,
        starts=_starts(row),
        ends=iso_date(row.ends_on, DatePrecision(row.ends_precision)),
        place=row.place,
        occasion=row.occasion,
        organiser=row.organiser,
        text=row.text,
        source_url=row.source_url,
        focus_areas=tuple(link.focus_area_id for link in row.focus_area_links),
        films=tuple(films_of_event(session, event_id).get(event_id, ())),
        visibility=Visibility(row.visibility),
    )


def create(session: Session, fields: EventFields, actor: str) -> str:
    """Add an event and return its identifier. Raises RecordRefused."""
    _require_focus_areas(session, fields)
    waits_for = given_on_creation(fields.visibility)
    row = EventRow(id=new_id(), source="", focus_area_links=[], visibility_given=waits_for, **_values(fields))
    session.add(row)
    session.flush()
    _link(session, row, fields)
    save_films_of_event(session, row.id, fields.films)
    audit.record(session, actor, "event.save", row.id, "new", row.title)
    return row.id


def change(session: Session, event_id: str, fields: EventFields, actor: str) -> None:
    """Make an event what is given. Raises NotFound and RecordRefused."""
    row = _row(session, event_id)
    if known(session, event_id) == fields:
        return
    _require_focus_areas(session, fields)
    row.visibility_given = given_after(row, fields.visibility)
    for name, value in _values(fields).items():
        setattr(row, name, value)
    _link(session, row, fields)
    save_films_of_event(session, row.id, fields.films)
    audit.record(session, actor, "event.save", row.id, "changed", row.title)


def delete(session: Session, event_id: str, actor: str) -> None:
    """Delete an event that nothing belongs to. Raises NotFound and RecordInUse."""
    row = _row(session, event_id)
    require_unused(session, row, own_parts=("event_focus_area", "film"))
    save_films_of_event(session, row.id, ())
    audit.record(session, actor, "event.delete", row.id, "deleted", row.title)
    session.delete(row)
    session.flush()


def listed(session: Session) -> Sequence[ListedRecord]:
    """Return all events, newest first."""
    rows = session.scalars(select(EventRow).order_by(*newest_first()))
    return [
        ListedRecord(row.id, row.title, (_starts(row), row.place), Visibility(row.visibility)) for row in rows
    ]


def _row(session: Session, event_id: str) -> EventRow:
    row = session.scalar(select_events().where(EventRow.id == event_id))
    if row is None:
        raise NotFound("There is no such event in the archive.")
    return row


def _starts(row: EventRow) -> str:
    return iso_date(row.starts_on, DatePrecision(row.starts_precision))


def _values(fields: EventFields) -> dict[str, object]:
    starts_on, starts_precision = read_date(fields.starts) or _UNKNOWN
    ends_on, ends_precision = read_date(fields.ends) or _UNKNOWN
    return {
        "title": clean_name(fields.title),
        "kind": fields.kind,
        "starts_on": starts_on,
        "starts_precision": starts_precision.value,
        "ends_on": ends_on,
        "ends_precision": ends_precision.value,
        "place": fields.place,
        "occasion": fields.occasion,
        "organiser": fields.organiser,
        "text": fields.text,
        "source_url": fields.source_url,
        "visibility": fields.visibility.value,
    }


def _require_focus_areas(session: Session, fields: EventFields) -> None:
    for identifier in fields.focus_areas:
        if session.get(FocusAreaRow, identifier) is None:
            raise RecordRefused("focus_areas", f"There is no focus area '{identifier}' in the archive.")


def _link(session: Session, row: EventRow, fields: EventFields) -> None:
    wanted = list(dict.fromkeys(fields.focus_areas))
    if [link.focus_area_id for link in row.focus_area_links] != wanted:
        row.focus_area_links.clear()
        session.flush()
        row.focus_area_links.extend(
            EventFocusAreaRow(position=position, focus_area_id=identifier)
            for position, identifier in enumerate(wanted, 1)
        )
    session.flush()
