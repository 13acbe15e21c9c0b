"""Who sees a talk, and an event that was made for a document: those who see one of their documents."""

from collections.abc import Sequence

from sqlalchemy import exists, not_, or_, select
from sqlalchemy.orm import Session

from archive.catalogue import changes
from archive.catalogue.tables.documents import DocumentRow
from archive.catalogue.tables.events import EventRow, TalkRow
from archive.catalogue.visibility import hides, ranks
from archive.model.visibility import Visibility


def let_parts_follow(session: Session, row: DocumentRow) -> bool:
    """Let a document's talk and event be seen by those who see a document of theirs; return if that changed.

    An event that a file or an address describes (`seminar.toml`) keeps what is said there, once its first
    document is published. The caller notes the change of this document; those of the others are noted here.
    """
    talk = session.get(TalkRow, row.talk_id) if row.talk_id else None
    event_id = row.event_id or (talk.event_id if talk else None)
    event = session.get(EventRow, event_id) if event_id else None
    others = _documents_around(session, talk, event)
    before = ranks(session, [one.id for one in others])
    is_changed = False
    if talk is not None:
        is_changed = _set(talk, [one for one in others if one.talk_id == talk.id])
    if event is not None and not (event.source or event.source_url):
        is_changed = _set(event, others) or is_changed
    elif event is not None and event.visibility_given and not all(one.draft for one in others):
        open_event(session, event)
        is_changed = True
    session.flush()
    if is_changed:
        after = ranks(session, [one.id for one in others])
        for one in others:
            if one.id != row.id:
                changes.record(session, one.id, hides=hides(before[one.id], after[one.id]))
    return is_changed


def open_event(session: Session, event: EventRow) -> None:
    """Let those see a draft of an event, and its talks without documents, for whom they were given."""
    parts: list[EventRow | TalkRow] = [event, *talks_that_wait(session, event.id)]
    for part in parts:
        part.visibility, part.visibility_given = part.visibility_given or part.visibility, ""


def talks_that_wait(session: Session, event_id: str) -> Sequence[TalkRow]:
    """Return the drafts among an event's talks that no document can open: they have none."""
    has_document = exists().where(DocumentRow.talk_id == TalkRow.id, DocumentRow.withdrawn_at.is_(None))
    statement = select(TalkRow).where(
        TalkRow.event_id == event_id, TalkRow.visibility_given != "", not_(has_document)
    )
    return session.scalars(statement.order_by(TalkRow.position)).all()


def _documents_around(session: Session, talk: TalkRow | None, event: EventRow | None) -> list[DocumentRow]:
    """Return the live documents of a talk and of an event."""
    conditions = []
    if talk is not None:
        conditions.append(DocumentRow.talk_id == talk.id)
    if event is not None:
        talks = select(TalkRow.id).where(TalkRow.event_id == event.id)
        conditions += [DocumentRow.event_id == event.id, DocumentRow.talk_id.in_(talks)]
    if not conditions:
        return []
    statement = select(DocumentRow).where(DocumentRow.withdrawn_at.is_(None), or_(*conditions))
    return list(session.scalars(statement.order_by(DocumentRow.id)))


def _set(part: TalkRow | EventRow, documents: Sequence[DocumentRow]) -> bool:
    if not all(one.draft for one in documents):
        part.visibility_given = ""
    levels = [Visibility(one.visibility) for one in documents]
    widest = min(levels, key=lambda level: level.rank, default=Visibility.STAFF)
    if part.visibility == widest.value:
        return False
    part.visibility = widest.value
    return True
