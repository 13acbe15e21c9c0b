"""Films of talks and of whole events: addresses on other sites, kept as links."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from archive.catalogue.identifiers import new_id
from archive.catalogue.tables.events import FilmRow, TalkRow

Films = Mapping[str, Sequence[str]]
"""Addresses by the identifier of the talk or of the event."""


def films_of_event(session: Session, event_id: str) -> Films:
    """Return the films of an event and of its talks."""
    talks = select(TalkRow.id).where(TalkRow.event_id == event_id)
    return _films(session, or_(FilmRow.event_id == event_id, FilmRow.talk_id.in_(talks)))


def films_of_talk(session: Session, talk_id: str) -> Sequence[str]:
    """Return the films of a talk."""
    return _films(session, FilmRow.talk_id == talk_id).get(talk_id, ())


def films_of_events(session: Session, event_ids: Sequence[str]) -> Films:
    """Return the films of whole events, without those of their talks."""
    return _films(session, FilmRow.event_id.in_(event_ids))


def films_of_talks(session: Session, talk_ids: Sequence[str]) -> Films:
    """Return the films of talks."""
    return _films(session, FilmRow.talk_id.in_(talk_ids))


def save_films_of_event(session: Session, event_id: str, addresses: Sequence[str]) -> bool:
    """Make these the films of a whole event; return whether that changed anything."""
    return _save(session, FilmRow.event_id == event_id, addresses, {"event_id": event_id})


def save_films_of_talk(session: Session, talk_id: str, addresses: Sequence[str]) -> bool:
    """Make these the films of a talk; return whether that changed anything."""
    return _save(session, FilmRow.talk_id == talk_id, addresses, {"talk_id": talk_id})


def _films(session: Session, which: ColumnElement[bool]) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in session.scalars(select(FilmRow).where(which).order_by(FilmRow.position, FilmRow.id)):
        found[row.talk_id or row.event_id or ""].append(row.address)
    return dict(found)


def _save(
    session: Session, which: ColumnElement[bool], addresses: Sequence[str], of: Mapping[str, str]
) -> bool:
    """Keep the rows whose address stays, so that a row is one film as long as it is there."""
    known = {row.address: row for row in session.scalars(select(FilmRow).where(which))}
    wanted = list(dict.fromkeys(addresses))
    is_changed = False
    for address in known.keys() - set(wanted):
        session.delete(known[address])
        is_changed = True
    for position, address in enumerate(wanted, start=1):
        row = known.get(address)
        if row is None:
            session.add(FilmRow(id=new_id(), position=position, address=address, **of))
            is_changed = True
        elif row.position != position:
            row.position, is_changed = position, True
    session.flush()
    return is_changed
