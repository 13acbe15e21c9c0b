"""Make records of a draft, all in the session's transaction and as one edit of the journal.

A record that the import made before is known by its identifier and becomes what the draft says: the draft was
made with what staff have changed in the record since. One that the archive had before is filled in where it
is empty, and nothing of it is changed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, selectinload

from archive.catalogue import audit
from archive.catalogue.events import regions
from archive.catalogue.events.films import (
    films_of_event,
    films_of_talk,
    save_films_of_event,
    save_films_of_talk,
)
from archive.catalogue.events.identity import find_event
from archive.catalogue.events.names import clean_name, name_key
from archive.catalogue.events.new_event import NewEvent, NewFocusArea, NewSpeaker, NewTalk
from archive.catalogue.events.save_event import event_values, save_focus_areas, talk_values, update_talk
from archive.catalogue.events.talks import select_talks
from archive.catalogue.identifiers import new_id
from archive.catalogue.imports.imports import find_import, note_published
from archive.catalogue.imports.links import links_in, queue_links
from archive.catalogue.journal.recording import recording
from archive.catalogue.mapping import to_talk
from archive.catalogue.tables.documents import DocumentRow
from archive.catalogue.tables.events import EventRow, TalkRow
from archive.errors import InputError
from archive.model.edits import Author, Reason
from archive.model.events import DatePrecision, read_date
from archive.model.seminar_pages.imports import SeminarImport
from archive.model.seminar_pages.seminar_draft import DraftEvent, DraftTalk, SeminarDraft

_UNKNOWN: tuple[date | None, DatePrecision] = (None, DatePrecision.DAY)
_PRECISION_OF = {"starts_precision": "starts_on", "ends_precision": "ends_on"}
_NOTHING = "There is nothing to publish yet: give the event a title."
_NO_TOPIC = "A talk has no topic. Write one, or take the talk away."
_NO_REGION = "There is no region called '{0}'. Choose one of the list, or leave it out."


@dataclass(frozen=True, slots=True)
class Published:
    """What was published: the draft with its records' identifiers, and how many files are to be fetched."""

    draft: SeminarDraft
    link_count: int


def publish(session: Session, import_id: str, actor: str, reason: Reason = Reason.IMPORT) -> Published:
    """Publish the draft of an import.

    Raises NotFound, and InputError for what cannot be published as it is; nothing is written then.
    """
    found = find_import(session, import_id)
    draft = found.draft
    if not draft.events or any(not event.title for event in draft.events):
        raise InputError(_NOTHING)
    author = Author(actor, reason, found.title, found.group)
    with recording(session, author):
        events = tuple(
            _save_event(session, found, event, number) for number, event in enumerate(draft.events)
        )
        _take_away_left_out(session, found, events)
    saved = replace(draft, events=events)
    note_published(session, import_id, saved)
    links = links_in(saved)
    queue_links(session, import_id, links)
    audit.record(session, actor, "import.publish", import_id, "published", found.title)
    return Published(saved, len(links))


def _save_event(session: Session, found: SeminarImport, event: DraftEvent, number: int) -> DraftEvent:
    new = _new_event(found, event, number)
    row = session.get(EventRow, event.event_id) if event.event_id else None
    is_own = row is not None
    if row is None:
        row = find_event(session, new, tuple, lambda _: True)
    if row is None:
        row = EventRow(id=new_id(), focus_area_links=[], **event_values(new))
        session.add(row)
        session.flush()
        is_own = True
    _fill(row, event_values(new), is_own)
    session.flush()
    row = session.scalars(_with_areas(row.id)).one()
    if new.focus_areas and (is_own or not row.focus_area_links):
        save_focus_areas(session, row, new)
    if is_own or not films_of_event(session, row.id).get(row.id):
        save_films_of_event(session, row.id, event.films)
    talks = _save_talks(session, row.id, event, found.draft)
    return replace(event, event_id=row.id, talks=talks)


def _with_areas(event_id: str) -> Select[EventRow]:
    return (
        select(EventRow)
        .where(EventRow.id == event_id)
        .options(selectinload(EventRow.focus_area_links))
        .execution_options(populate_existing=True)
    )


def _fill(row: EventRow, values: Mapping[str, object], is_own: bool) -> None:
    """Set what the import says; of an event that is not its own only what is empty."""
    empty = {name for name in values if getattr(row, name) in ("", None)}
    for name, value in values.items():
        if name == "source":
            continue
        if is_own or (_PRECISION_OF.get(name, name) in empty and name != "visibility"):
            setattr(row, name, value)


def _save_talks(
    session: Session, event_id: str, event: DraftEvent, draft: SeminarDraft
) -> tuple[DraftTalk, ...]:
    known = list(
        session.scalars(
            select_talks().where(TalkRow.event_id == event_id).order_by(TalkRow.position, TalkRow.id)
        )
    )
    saved: list[DraftTalk] = []
    used: set[str] = set()
    for position, talk in enumerate(event.talks, start=1):
        if not talk.topic:
            raise InputError(_NO_TOPIC)
        free = [row for row in known if row.id not in used]
        row = next((row for row in free if row.id == talk.talk_id), None)
        is_own = row is not None
        if row is None:
            row = next((row for row in free if name_key(row.topic) == name_key(talk.topic)), None)
        new = _new_talk(session, talk, position, draft)
        if row is None:
            row = TalkRow(
                id=new_id(), event_id=event_id, region_links=[], contributions=[], **talk_values(new)
            )
            session.add(row)
            session.flush()
            is_own = True
        update_talk(session, row, new if is_own else _filled(row, new))
        if is_own or not films_of_talk(session, row.id):
            save_films_of_talk(session, row.id, talk.films)
        session.flush()
        used.add(row.id)
        saved.append(replace(talk, talk_id=row.id))
    return tuple(saved)


def _filled(row: TalkRow, new: NewTalk) -> NewTalk:
    """Return a talk that the archive had, with what the import says where it said nothing."""
    known = to_talk(row)
    speakers = tuple(
        NewSpeaker(
            one.person.name if one.person else "",
            one.role,
            one.organisation.name if one.organisation else "",
            one.is_moderator,
        )
        for one in known.contributions
    )
    return NewTalk(
        known.topic,
        known.position,
        known.abstract or new.abstract,
        known.language or new.language,
        known.visibility,
        known.region_codes or new.region_codes,
        speakers or new.speakers,
    )


def _new_event(found: SeminarImport, event: DraftEvent, number: int) -> NewEvent:
    address = found.source.address
    if address and len(found.draft.events) > 1:
        address = f"{address.partition('#')[0]}#{number + 1}"
    starts_on, starts_precision = read_date(event.starts_on) or _UNKNOWN
    ends_on, ends_precision = read_date(event.ends_on) or _UNKNOWN
    return NewEvent(
        title=event.title,
        kind=event.kind or "seminar",
        starts_on=starts_on,
        ends_on=ends_on,
        place=event.place,
        occasion=event.occasion,
        organiser=event.organiser,
        text=event.text,
        source_url=address,
        visibility=found.draft.visibility,
        starts_precision=starts_precision,
        ends_precision=ends_precision,
        focus_areas=tuple(
            NewFocusArea(area.title, area.year_from, area.year_to)
            for area in found.draft.focus_areas
            if area.title
        ),
    )


def _new_talk(session: Session, talk: DraftTalk, position: int, draft: SeminarDraft) -> NewTalk:
    speakers = tuple(
        NewSpeaker(one.name, one.role, one.organisation, one.is_moderator)
        for one in talk.speakers
        if one.name or one.organisation
    )
    codes = tuple(dict.fromkeys(_code(session, name) for name in talk.regions))
    return NewTalk(
        talk.topic,
        position,
        talk.abstract,
        visibility=draft.visibility,
        region_codes=codes,
        speakers=speakers,
    )


def _code(session: Session, name: str) -> str:
    region = regions.find(session, name)
    if region is None:
        raise InputError(_NO_REGION.format(clean_name(name)))
    return region.code


def _take_away_left_out(session: Session, found: SeminarImport, events: Sequence[DraftEvent]) -> None:
    """Delete talks that this import had made and no longer has, where they have no document."""
    if found.published is None:
        return
    left = {talk.talk_id for event in events for talk in event.talks}
    for talk in (talk for event in found.published.events for talk in event.talks):
        if talk.talk_id in left:
            continue
        row = session.scalar(select_talks().where(TalkRow.id == talk.talk_id))
        used = session.scalar(select(DocumentRow.id).where(DocumentRow.talk_id == talk.talk_id).limit(1))
        if row is not None and used is None:
            session.delete(row)
    session.flush()
