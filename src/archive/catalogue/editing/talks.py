"""Talks one by one: their fields with speakers and regions, a new one, a changed one, one that goes."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from archive.catalogue import audit
from archive.catalogue.editing.fields import Speaker, TalkFields
from archive.catalogue.editing.listed import ListedRecord
from archive.catalogue.editing.new_drafts import given_after, given_on_creation
from archive.catalogue.editing.references import require_unused
from archive.catalogue.events import regions
from archive.catalogue.events.films import films_of_talk, save_films_of_talk
from archive.catalogue.events.new_event import NewSpeaker, NewTalk
from archive.catalogue.events.save_event import talk_values, update_talk
from archive.catalogue.events.talks import newest_first, select_talks
from archive.catalogue.identifiers import new_id
from archive.catalogue.mapping import to_talk
from archive.catalogue.tables.documents import DocumentRow
from archive.catalogue.tables.events import EventRow, TalkRow
from archive.errors import NotFound, RecordRefused
from archive.model.events import Talk
from archive.model.visibility import Visibility

_PARTS = ("contribution", "presentation_region", "film")


def known(session: Session, talk_id: str) -> TalkFields:
    """Return the fields of a talk. Raises NotFound."""
    row = _row(session, talk_id)
    return TalkFields(
        topic=row.topic,
        event=row.event_id or "",
        speakers=tuple(
            Speaker(
                part.person.name if part.person else "",
                part.role,
                part.organisation.name if part.organisation else "",
                part.is_moderator,
            )
            for part in row.contributions
        ),
        abstract=row.abstract,
        language=row.language,
        regions=tuple(link.region_code for link in row.region_links),
        films=tuple(films_of_talk(session, talk_id)),
        visibility=Visibility(row.visibility),
    )


def shown(session: Session, talk_id: str) -> Talk:
    """Return the record of a talk, whoever may see it. Raises NotFound."""
    return to_talk(_row(session, talk_id))


def create(session: Session, fields: TalkFields, actor: str) -> str:
    """Add a talk as the last of its event and return its identifier. Raises RecordRefused."""
    new = _new_talk(session, fields, _next_position(session, fields.event))
    row = TalkRow(
        id=new_id(), event_id=fields.event or None, region_links=[], contributions=[], **talk_values(new)
    )
    row.visibility_given = given_on_creation(fields.visibility)
    session.add(row)
    session.flush()
    _update(session, row, new)
    save_films_of_talk(session, row.id, fields.films)
    session.flush()
    audit.record(session, actor, "talk.save", row.id, "new", row.topic)
    return row.id


def change(session: Session, talk_id: str, fields: TalkFields, actor: str) -> None:
    """Make a talk what is given. In another event it is the last, and its documents come along.

    Raises NotFound and RecordRefused.
    """
    row = _row(session, talk_id)
    is_moved = (row.event_id or "") != fields.event
    new = _new_talk(session, fields, _next_position(session, fields.event) if is_moved else row.position)
    if is_moved:
        row.event_id = fields.event or None
        session.execute(
            update(DocumentRow).where(DocumentRow.talk_id == talk_id).values(event_id=row.event_id)
        )
    row.visibility_given = given_after(row, fields.visibility)
    is_changed = _update(session, row, new)
    if save_films_of_talk(session, row.id, fields.films) or is_changed or is_moved:
        session.flush()
        audit.record(session, actor, "talk.save", row.id, "changed", row.topic)


def delete(session: Session, talk_id: str, actor: str) -> None:
    """Delete a talk that no document belongs to. Raises NotFound and RecordInUse."""
    row = _row(session, talk_id)
    require_unused(session, row, _PARTS)
    audit.record(session, actor, "talk.delete", row.id, "deleted", row.topic)
    session.delete(row)
    session.flush()


def listed(session: Session, event_id: str = "") -> Sequence[ListedRecord]:
    """Return talks, all or an event's: the newest event's first, each event's in its programme's order."""
    statement = (
        select(TalkRow.id, TalkRow.topic, TalkRow.visibility, EventRow.title)
        .outerjoin(EventRow, EventRow.id == TalkRow.event_id)
        .order_by(*newest_first(), TalkRow.position, TalkRow.id)
    )
    rows = session.execute(statement.where(TalkRow.event_id == event_id) if event_id else statement)
    return [
        ListedRecord(key, topic, (event or "",), Visibility(visibility))
        for key, topic, visibility, event in rows
    ]


def _row(session: Session, talk_id: str) -> TalkRow:
    row = session.scalar(select_talks().where(TalkRow.id == talk_id))
    if row is None:
        raise NotFound("There is no such talk in the archive.")
    return row


def _update(session: Session, row: TalkRow, new: NewTalk) -> bool:
    """Make a talk what is given; a draft that stays one waits on for those whom it is to be shown to."""
    if not row.visibility_given:
        return update_talk(session, row, new)
    return update_talk(session, row, replace(new, visibility=Visibility(row.visibility_given)), draft=True)


def _new_talk(session: Session, fields: TalkFields, position: int) -> NewTalk:
    if fields.event and session.get(EventRow, fields.event) is None:
        raise RecordRefused("event", f"There is no event '{fields.event}' in the archive.")
    return NewTalk(
        topic=fields.topic,
        position=position,
        abstract=fields.abstract,
        language=fields.language,
        visibility=fields.visibility,
        region_codes=tuple(_region_code(session, one) for one in fields.regions),
        speakers=tuple(
            NewSpeaker(one.name, one.role, one.organisation, one.is_moderator) for one in fields.speakers
        ),
    )


def _region_code(session: Session, name_or_code: str) -> str:
    region = regions.find(session, name_or_code)
    if region is None:
        raise RecordRefused("regions", f"There is no region '{name_or_code}'. Choose one of the list.")
    return region.code


def _next_position(session: Session, event_id: str) -> int:
    if not event_id:
        return 1
    last = session.scalar(select(func.max(TalkRow.position)).where(TalkRow.event_id == event_id))
    return (last or 0) + 1
