"""Reads documents with all that stands round them, by identifier: a few plain queries for any number.

A page of results needs twenty at once. The mapped classes would be a query less to write but take four times
as long.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Executable, bindparam, select
from sqlalchemy.orm import Session

from archive.catalogue.mapping import (
    event_with,
    talk_with,
    to_document,
    to_focus_area,
    to_version,
)
from archive.catalogue.tables.documents import DocumentRow, OriginalRow, VersionRow
from archive.catalogue.tables.events import (
    ContributionRow,
    EventFocusAreaRow,
    EventRow,
    FocusAreaRow,
    OrganisationRow,
    PersonRow,
    TalkRegionRow,
    TalkRow,
)
from archive.catalogue.versions import shown_order
from archive.model.documents import Document
from archive.model.events import Contribution, Event, FocusArea, Organisation, Person, Talk

_Row = Any  # a row of a query: it has the attributes of the mapped class

_document, _version, _original = DocumentRow.__table__.c, VersionRow.__table__.c, OriginalRow.__table__.c
_talk, _part, _place = (
    TalkRow.__table__.c,
    ContributionRow.__table__.c,
    TalkRegionRow.__table__.c,
)
_event, _link, _area = EventRow.__table__.c, EventFocusAreaRow.__table__.c, FocusAreaRow.__table__.c
_person, _organisation = PersonRow.__table__.c, OrganisationRow.__table__.c
_PERSON = (_person.id, _person.name)


def _among(column: ColumnElement[Any]) -> ColumnElement[bool]:
    return column.in_(bindparam("keys", expanding=True))


_DOCUMENTS = select(*_document, _document.presentation_id.label("talk_id")).where(
    _among(_document.id), _document.withdrawn_at.is_(None)
)
_VERSIONS = select(*_version).where(_among(_version.document_id))
_ORIGINALS = select(*_original).where(_among(_original.sha256))
_TALKS = select(*_talk).where(_among(_talk.id))
_TALK_REGIONS = (
    select(_place.presentation_id, _place.region_code)
    .where(_among(_place.presentation_id))
    .order_by(_place.position)
)
_CONTRIBUTIONS = (
    select(_part.presentation_id, _part.role, *_PERSON, _part.organisation_id, _organisation.name)
    .join(PersonRow.__table__, _person.id == _part.person_id)
    .outerjoin(OrganisationRow.__table__, _organisation.id == _part.organisation_id)
    .where(_among(_part.presentation_id))
    .order_by(_part.position)
)
_EVENTS = select(*_event).where(_among(_event.id))
_EVENT_AREAS = (
    select(_link.event_id, *_area)
    .join(FocusAreaRow.__table__, _area.id == _link.focus_area_id)
    .where(_among(_link.event_id))
    .order_by(_link.position)
)


def documents(session: Session, document_ids: Iterable[str]) -> list[Document]:
    """Return live documents, each with the version that its readers see (see `shown`), in no order."""
    rows = _rows(session, _DOCUMENTS, document_ids)
    shown: dict[str, _Row] = {}
    for row in _rows(session, _VERSIONS, (row.id for row in rows)):
        held = shown.get(row.document_id)
        if held is None or shown_order(row) > shown_order(held):
            shown[row.document_id] = row
    originals = {
        row.sha256: row for row in _rows(session, _ORIGINALS, (row.sha256 for row in shown.values()))
    }
    versions = {key: to_version(row, originals[row.sha256]) for key, row in shown.items()}
    return [to_document(row, versions[row.id]) for row in rows if row.id in versions]


def talks(session: Session, talk_ids: Iterable[str]) -> dict[str, Talk]:
    """Return talks by identifier."""
    rows = _rows(session, _TALKS, talk_ids)
    keys = [row.id for row in rows]
    regions: defaultdict[str, list[str]] = defaultdict(list)
    for talk_id, code in _rows(session, _TALK_REGIONS, keys):
        regions[talk_id].append(code)
    parts: defaultdict[str, list[Contribution]] = defaultdict(list)
    for talk_id, role, person_id, person, organisation_id, organisation in _rows(
        session, _CONTRIBUTIONS, keys
    ):
        at = Organisation(organisation_id, organisation) if organisation_id else None
        parts[talk_id].append(Contribution(Person(person_id, person), role, at))
    return {row.id: talk_with(row, regions[row.id], parts[row.id]) for row in rows}


def events(session: Session, event_ids: Iterable[str]) -> dict[str, Event]:
    """Return events by identifier."""
    rows = _rows(session, _EVENTS, event_ids)
    areas: defaultdict[str, list[FocusArea]] = defaultdict(list)
    for row in _rows(session, _EVENT_AREAS, (row.id for row in rows)):
        areas[row.event_id].append(to_focus_area(row))
    return {row.id: event_with(row, areas[row.id]) for row in rows}


def _rows(session: Session, query: Executable, keys: Iterable[str]) -> Sequence[_Row]:
    wanted = sorted(set(keys))
    return session.connection().execute(query, {"keys": wanted}).all() if wanted else ()
