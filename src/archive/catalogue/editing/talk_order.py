"""The order of an event's talks."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue import audit
from archive.catalogue.tables.events import EventRow, TalkRow
from archive.errors import NotFound, RecordRefused


def talk_order(session: Session, event_id: str) -> tuple[str, ...]:
    """Return the identifiers of an event's talks in the order of the programme. Raises NotFound."""
    if session.get(EventRow, event_id) is None:
        raise NotFound("There is no such event in the archive.")
    return tuple(row.id for row in _rows(session, event_id))


def set_talk_order(session: Session, event_id: str, talk_ids: Sequence[str], actor: str) -> bool:
    """Put an event's talks in an order; return whether that changed anything.

    `talk_ids` are all talks of the event, each once. Raises NotFound and RecordRefused.
    """
    before = talk_order(session, event_id)
    if sorted(before) != sorted(talk_ids):
        raise RecordRefused("talks", "Name each talk of the event once, in the order you want.")
    places = {talk_id: place for place, talk_id in enumerate(talk_ids, 1)}
    for row in _rows(session, event_id):
        row.position = places[row.id]
    session.flush()
    if before != tuple(talk_ids):
        audit.record(session, actor, "event.order", event_id, "changed", " ".join(talk_ids))
    return before != tuple(talk_ids)


def _rows(session: Session, event_id: str) -> Sequence[TalkRow]:
    of_event = select(TalkRow).where(TalkRow.event_id == event_id)
    return session.scalars(of_event.order_by(TalkRow.position, TalkRow.id)).all()
