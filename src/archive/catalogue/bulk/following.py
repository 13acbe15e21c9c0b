"""Who sees the talks and events of many documents: those who see one of their documents.

The rule is that of `publishing/who_sees.py`, for many at once; the edit's recording notes what changes.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from archive.catalogue.bulk.chunks import chunks
from archive.catalogue.tables.documents import DocumentRow
from archive.catalogue.tables.events import EventRow, TalkRow
from archive.model.visibility import Visibility


def let_all_parts_follow(session: Session, document_ids: Iterable[str]) -> None:
    """Let the documents' talks and events be seen by those who see a document of theirs.

    An event that a file or an address describes keeps what is said there.
    """
    event_id = func.coalesce(DocumentRow.event_id, TalkRow.event_id)
    talks: set[str] = set()
    events: set[str] = set()
    for some in chunks(document_ids):
        rows = session.execute(
            select(DocumentRow.talk_id, event_id)
            .outerjoin(TalkRow, TalkRow.id == DocumentRow.talk_id)
            .where(DocumentRow.id.in_(some))
        )
        for talk, event in rows:
            talks.update(filter(None, (talk,)))
            events.update(filter(None, (event,)))
    _let_follow(session, TalkRow, _levels(session, DocumentRow.talk_id, talks))
    own = {one for some in chunks(events) for one in _described_by_none(session, some)}
    _let_follow(session, EventRow, _levels(session, event_id, own))


def _levels(session: Session, owner: Any, ids: Iterable[str]) -> Mapping[str, list[str]]:
    """Return the levels of the live documents of each talk or event."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for some in chunks(sorted(ids)):
        rows = session.execute(
            select(owner, DocumentRow.visibility)
            .outerjoin(TalkRow, TalkRow.id == DocumentRow.talk_id)
            .where(owner.in_(some), DocumentRow.withdrawn_at.is_(None))
            .distinct()
        )
        for one, level in rows:
            found[one].append(level)
    return found


def _described_by_none(session: Session, event_ids: Iterable[str]) -> Iterable[str]:
    """Return those events that neither a file nor an address describes."""
    is_one = EventRow.id.in_(list(event_ids)), EventRow.source == "", EventRow.source_url == ""
    return session.scalars(select(EventRow.id).where(*is_one)).all()


def _let_follow(session: Session, mapped: Any, levels: Mapping[str, Iterable[str]]) -> None:
    by_level: defaultdict[str, list[str]] = defaultdict(list)
    for one, own in levels.items():
        by_level[min(map(Visibility, own), key=lambda level: level.rank).value].append(one)
    for level, ids in by_level.items():
        for some in chunks(ids):
            is_other = mapped.id.in_(some), mapped.visibility != level
            session.execute(
                update(mapped).where(*is_other).values(visibility=level),
                execution_options={"synchronize_session": False},
            )
