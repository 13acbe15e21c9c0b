"""What a change of many is planned from: documents with their talks and events, a few queries a 400.

Their talks and events follow, by the rule of `publishing/who_sees.py` for many at once: those see them who
see one of their documents; the edit's recording notes what changes.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from archive.catalogue.bulk.chunks import chunks
from archive.catalogue.tables.documents import DocumentRow, VersionRow
from archive.catalogue.tables.events import (
    EventFocusAreaRow,
    EventRow,
    FocusAreaRow,
    RegionRow,
    TalkRegionRow,
    TalkRow,
)
from archive.catalogue.tables.journal import JobRow
from archive.model.visibility import Visibility
from archive.visibility import strictest_rank


@dataclass(frozen=True, slots=True)
class Subject:
    """A document of the selection. `title` is its talk's where it has one, as pages show it.

    `event_follows`: its event is seen by those who see a document of it; one that a file describes is not.
    `visibility` is its own, or what it is to be where it is a draft; `rank` that of all three together.
    """

    id: str
    title: str
    is_withdrawn: bool
    is_draft: bool
    visibility: str
    rank: int
    language: str
    date: str
    publisher: str
    talk_id: str
    talk_title: str
    event_id: str
    event_title: str
    event_visibility: str
    event_follows: bool


@dataclass(frozen=True, slots=True)
class SubjectNames:
    """What regions, focus areas and events are called, by code or identifier."""

    regions: Mapping[str, str]
    focus_areas: Mapping[str, str]
    events: Mapping[str, str]


def subjects(session: Session, document_ids: Iterable[str]) -> dict[str, Subject]:
    """Return the documents that there are, withdrawn ones too, in the order given."""
    event_id = func.coalesce(DocumentRow.event_id, TalkRow.event_id)
    wanted = (
        *(DocumentRow.id, DocumentRow.title, DocumentRow.withdrawn_at, DocumentRow.draft),
        *(DocumentRow.visibility, DocumentRow.visibility_given, DocumentRow.language, DocumentRow.file_date),
        *(DocumentRow.publisher, TalkRow.id, TalkRow.topic, TalkRow.language, TalkRow.visibility),
        *(EventRow.id, EventRow.title, EventRow.visibility, EventRow.source, EventRow.source_url),
    )
    found: dict[str, Subject] = {}
    ids = list(dict.fromkeys(document_ids))
    for some in chunks(ids):
        statement = (
            select(*wanted)
            .outerjoin(TalkRow, TalkRow.id == DocumentRow.talk_id)
            .outerjoin(EventRow, EventRow.id == event_id)
            .where(DocumentRow.id.in_(some))
        )
        for row in session.execute(statement).all():
            found[row[0]] = _subject(tuple(row))
    return {one: found[one] for one in ids if one in found}


def regions_of(session: Session, talk_ids: Iterable[str]) -> Mapping[str, Sequence[str]]:
    """Return the codes of talks' regions in their order."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for some in chunks(talk_ids):
        rows = session.execute(
            select(TalkRegionRow.talk_id, TalkRegionRow.region_code)
            .where(TalkRegionRow.talk_id.in_(some))
            .order_by(TalkRegionRow.talk_id, TalkRegionRow.position)
        )
        for talk_id, code in rows:
            found[talk_id].append(code)
    return found


def focus_areas_of(session: Session, event_ids: Iterable[str]) -> Mapping[str, Sequence[str]]:
    """Return the identifiers of events' focus areas in their order."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for some in chunks(event_ids):
        rows = session.execute(
            select(EventFocusAreaRow.event_id, EventFocusAreaRow.focus_area_id)
            .where(EventFocusAreaRow.event_id.in_(some))
            .order_by(EventFocusAreaRow.event_id, EventFocusAreaRow.position)
        )
        for event_id, area_id in rows:
            found[event_id].append(area_id)
    return found


def newest_versions(session: Session, document_ids: Iterable[str]) -> dict[str, str]:
    """Return the identifier of each document's newest version, read or not."""
    found: dict[str, str] = {}
    for some in chunks(document_ids):
        rows = session.execute(
            select(VersionRow.document_id, VersionRow.id)
            .where(VersionRow.document_id.in_(some))
            .order_by(VersionRow.number)
        )
        found |= dict(rows.all())
    return found


def being_read(session: Session, document_ids: Iterable[str]) -> frozenset[str]:
    """Return the documents that wait for a reading or are being read."""
    found: set[str] = set()
    for some in chunks(document_ids):
        statement = select(VersionRow.document_id).join(JobRow, JobRow.version_id == VersionRow.id)
        found.update(session.scalars(statement.where(VersionRow.document_id.in_(some))))
    return frozenset(found)


def names(session: Session) -> SubjectNames:
    """Return what regions, focus areas and events are called."""
    return SubjectNames(
        dict(session.execute(select(RegionRow.code, RegionRow.name)).all()),
        dict(session.execute(select(FocusAreaRow.id, FocusAreaRow.title)).all()),
        dict(session.execute(select(EventRow.id, EventRow.title)).all()),
    )


def _subject(values: Sequence[Any]) -> Subject:
    document_id, title, withdrawn_at, draft, visibility, given, language, date, publisher = values[:9]
    talk_id, topic, talk_language, talk_visibility = values[9:13]
    event_id, event_title, event_visibility, source, source_url = values[13:]
    levels = [level for level in (visibility, talk_visibility, event_visibility) if level]
    return Subject(
        id=document_id,
        title=topic or title,
        is_withdrawn=withdrawn_at is not None,
        is_draft=draft,
        visibility=given if draft else visibility,
        rank=strictest_rank(map(Visibility, levels)),
        language=talk_language or language,
        date=date,
        publisher=publisher,
        talk_id=talk_id or "",
        talk_title=topic or "",
        event_id=event_id or "",
        event_title=event_title or "",
        event_visibility=event_visibility or "",
        event_follows=not (source or source_url),
    )


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
