"""Save an event's talks with their speakers and regions."""

from collections.abc import Iterable, Sequence
from dataclasses import fields

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from archive.catalogue.events.names import clean_name, name_key
from archive.catalogue.events.new_event import NewSpeaker, NewTalk
from archive.catalogue.events.people import organisation_id, person_id
from archive.catalogue.identifiers import new_id
from archive.catalogue.tables.documents import DocumentRow
from archive.catalogue.tables.events import ContributionRow, TalkRegionRow, TalkRow

_PARTS = {"region_codes", "speakers"}


def save_talks(session: Session, event_id: str, talks: Sequence[NewTalk]) -> tuple[tuple[str, ...], bool]:
    """Save the talks of an event; return their identifiers as given, and whether anything changed."""
    known = _known(session, event_id)
    matches = _matched(known, talks)
    changed = False
    identifiers: list[str] = []
    for talk, row in zip(talks, matches, strict=True):
        if row is None:
            row = TalkRow(id=new_id(), event_id=event_id, region_links=[], contributions=[], **_values(talk))
            session.add(row)
            session.flush()
            changed = True
        changed = _update(session, row, talk) or changed
        identifiers.append(row.id)
    gone = [row for row in known if row.id not in identifiers]
    return tuple(identifiers), _remove_empty(session, gone) or changed


def _values(talk: NewTalk) -> dict[str, object]:
    """Return the values of the row: each field but the parts has a column of its name."""
    own = {field.name: getattr(talk, field.name) for field in fields(talk) if field.name not in _PARTS}
    return own | {"topic": clean_name(talk.topic), "visibility": talk.visibility.value}


def _known(session: Session, event_id: str) -> list[TalkRow]:
    statement = (
        select(TalkRow)
        .where(TalkRow.event_id == event_id)
        .order_by(TalkRow.position, TalkRow.id)
        .options(
            selectinload(TalkRow.region_links),
            selectinload(TalkRow.contributions).joinedload(ContributionRow.person),
        )
        .execution_options(populate_existing=True)
    )
    return list(session.scalars(statement))


def _matched(known: Sequence[TalkRow], talks: Sequence[NewTalk]) -> list[TalkRow | None]:
    """Find the row of each talk: by topic, then what is left by position and speakers."""
    free = list(known)
    matches: list[TalkRow | None] = []
    for talk in talks:
        topic = name_key(talk.topic)
        row = next((row for row in free if name_key(row.topic) == topic), None)
        if row is not None:
            free.remove(row)
        matches.append(row)
    for index, talk in enumerate(talks):
        if matches[index] is None:
            row = next((row for row in free if _is_same_slot(row, talk)), None)
            if row is not None:
                free.remove(row)
                matches[index] = row
    return matches


def _is_same_slot(row: TalkRow, talk: NewTalk) -> bool:
    speakers = {name_key(speaker.name) for speaker in talk.speakers}
    known = {contribution.person.name_key for contribution in row.contributions}
    return bool(speakers) and row.position == talk.position and speakers == known


def _update(session: Session, row: TalkRow, talk: NewTalk) -> bool:
    for name, value in _values(talk).items():
        setattr(row, name, value)
    changed = session.is_modified(row, include_collections=False)
    changed = _save_regions(session, row, talk.region_codes) or changed
    return _save_speakers(session, row, talk.speakers) or changed


def _save_regions(session: Session, row: TalkRow, codes: Iterable[str]) -> bool:
    wanted = list(dict.fromkeys(codes))
    if [link.region_code for link in row.region_links] == wanted:
        return False
    row.region_links.clear()
    session.flush()
    row.region_links.extend(
        TalkRegionRow(position=position, region_code=code) for position, code in enumerate(wanted, 1)
    )
    return True


def _save_speakers(session: Session, row: TalkRow, speakers: Iterable[NewSpeaker]) -> bool:
    wanted = [
        (person_id(session, speaker.name), speaker.role, organisation_id(session, speaker.organisation))
        for speaker in speakers
    ]
    if [(part.person_id, part.role, part.organisation_id) for part in row.contributions] == wanted:
        return False
    row.contributions.clear()
    session.flush()
    row.contributions.extend(
        ContributionRow(position=position, person_id=person, role=role, organisation_id=organisation)
        for position, (person, role, organisation) in enumerate(wanted, 1)
    )
    return True


def _remove_empty(session: Session, gone: Iterable[TalkRow]) -> bool:
    """Delete talks that no document, not even a withdrawn one, belongs to."""
    removed = False
    for row in gone:
        used = session.scalar(select(DocumentRow.id).where(DocumentRow.talk_id == row.id).limit(1))
        if used is None:
            session.delete(row)
            removed = True
    return removed
