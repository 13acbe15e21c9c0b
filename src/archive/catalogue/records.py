"""A document with its talk and event: what search, index and web read together.

A page of results needs twenty at once, so they are read with a few plain queries for any number: the mapped
classes would be a query less to write but take four times as long.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Executable, Select, bindparam, exists, select
from sqlalchemy.orm import Session

from archive.catalogue import mapping
from archive.catalogue.documents import document as live_document
from archive.catalogue.events.talks import newest_first
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
from archive.catalogue.tables.names import OrganisationSpellingRow, PersonSpellingRow
from archive.catalogue.versions import shown_order
from archive.catalogue.visibility import select_visible_documents
from archive.model.documents import Document
from archive.model.events import Contribution, Event, FocusArea, Organisation, Person, Spelling, Talk
from archive.visibility import strictest_rank

_IDS_A_QUERY = 500

_Row = Any  # a row of a query: it has the attributes of the mapped class

_document, _version, _original = DocumentRow.__table__.c, VersionRow.__table__.c, OriginalRow.__table__.c
_talk, _talk_region = TalkRow.__table__.c, TalkRegionRow.__table__.c
_contribution = ContributionRow.__table__.c
_event, _event_area, _area = EventRow.__table__.c, EventFocusAreaRow.__table__.c, FocusAreaRow.__table__.c
_person, _organisation = PersonRow.__table__.c, OrganisationRow.__table__.c
_person_name, _organisation_name = PersonSpellingRow.__table__.c, OrganisationSpellingRow.__table__.c


def _among(column: ColumnElement[Any]) -> ColumnElement[bool]:
    return column.in_(bindparam("keys", expanding=True))


_DOCUMENTS = select(*_document, _document.presentation_id.label("talk_id")).where(
    _among(_document.id), _document.withdrawn_at.is_(None)
)
_VERSIONS = select(*_version).where(_among(_version.document_id))
_ORIGINALS = select(*_original).where(_among(_original.sha256))
_TALKS = select(*_talk).where(_among(_talk.id))
_TALK_REGIONS = (
    select(_talk_region.presentation_id, _talk_region.region_code)
    .where(_among(_talk_region.presentation_id))
    .order_by(_talk_region.position)
)
_CONTRIBUTIONS = (
    select(
        _contribution.presentation_id,
        _contribution.role,
        _contribution.is_moderator,
        _contribution.person_id,
        _person.name,
        _contribution.organisation_id,
        _organisation.name,
        # Most names are spelled in one way, and two queries less are a fiftieth of a page of results.
        exists().where(_person_name.person_id == _contribution.person_id).label("is_person_respelled"),
        exists()
        .where(_organisation_name.organisation_id == _contribution.organisation_id)
        .label("is_organisation_respelled"),
        _contribution.person_name,
        _contribution.organisation_name,
    )
    .outerjoin(PersonRow.__table__, _person.id == _contribution.person_id)
    .outerjoin(OrganisationRow.__table__, _organisation.id == _contribution.organisation_id)
    .where(_among(_contribution.presentation_id))
    .order_by(_contribution.position)
)
_PERSON_SPELLINGS = select(*_person_name).where(_among(_person_name.person_id))
_ORGANISATION_SPELLINGS = select(*_organisation_name).where(_among(_organisation_name.organisation_id))
_EVENTS = select(*_event).where(_among(_event.id))
_EVENT_AREAS = (
    select(_event_area.event_id, *_area)
    .join(FocusAreaRow.__table__, _area.id == _event_area.focus_area_id)
    .where(_among(_event_area.event_id))
    .order_by(_event_area.position)
)


@dataclass(frozen=True, slots=True)
class CatalogueRecord:
    """A document with its talk and event. `rank`: the strictest visibility of the three."""

    document: Document
    rank: int
    talk: Talk | None = None
    event: Event | None = None

    @property
    def group(self) -> str:
        """Return the identifier that search results are grouped by: the talk's, else the document's."""
        return self.document.id if self.talk is None else self.talk.id

    @property
    def title(self) -> str:
        """Return what the document is called: its talk's topic, else its own title."""
        return self.document.title if self.talk is None else self.talk.topic

    @property
    def read_date(self) -> str:
        """Return the date that the file gives (YYYY, YYYY-MM, YYYY-MM-DD); "" where a record has one."""
        is_dated = self.document.year or (self.event and self.event.starts_on)
        return "" if is_dated else self.document.file_date


def record(session: Session, document_id: str) -> CatalogueRecord:
    """Return one live document. Raises NotFound, or Gone where it was withdrawn."""
    by_id = records(session, [document_id])
    if document_id not in by_id:
        live_document(session, document_id)  # tells NotFound from Gone
    return by_id[document_id]


def was_visible(session: Session, document_id: str, max_rank: int) -> bool:
    """Return whether the visitor may see a document, or could before it was withdrawn."""
    wanted = select_visible_documents(max_rank).where(DocumentRow.id == document_id)
    return session.scalar(wanted) is not None


def records(session: Session, document_ids: Sequence[str]) -> dict[str, CatalogueRecord]:
    """Return live documents by identifier, in the order asked for, with a few queries for every 500."""
    session.flush()  # plain queries see only what has been written
    by_id: dict[str, CatalogueRecord] = {}
    for start in range(0, len(document_ids), _IDS_A_QUERY):
        by_id |= _read(session, document_ids[start : start + _IDS_A_QUERY])
    return {document_id: by_id[document_id] for document_id in document_ids if document_id in by_id}


def records_of_talk(session: Session, talk_id: str, max_rank: int) -> tuple[CatalogueRecord, ...]:
    """Return the documents of a talk that the visitor may see."""
    return _visible(session, DocumentRow.talk_id == talk_id, max_rank)


def records_of_talks(
    session: Session, talk_ids: Sequence[str], max_rank: int
) -> dict[str, tuple[CatalogueRecord, ...]]:
    """Return the documents of several talks that the visitor may see, by talk."""
    by_talk: dict[str, tuple[CatalogueRecord, ...]] = dict.fromkeys(talk_ids, ())
    for row in _visible(session, DocumentRow.talk_id.in_(talk_ids), max_rank):
        by_talk[row.group] += (row,)
    return by_talk


def records_of_event(session: Session, event_id: str, max_rank: int) -> tuple[CatalogueRecord, ...]:
    """Return all documents of an event that the visitor may see: talks by programme, then reports."""
    return _visible(session, EventRow.id == event_id, max_rank)


def latest_ids(session: Session, max_rank: int, limit: int) -> Sequence[str]:
    """Return up to `limit` visible documents: newest event, else newest file, else newest given."""
    order = (*newest_first(), DocumentRow.file_date.desc(), DocumentRow.created_at.desc(), DocumentRow.id)
    return session.scalars(_visible_ids(max_rank).order_by(*order).limit(limit)).all()


def _visible(session: Session, condition: ColumnElement[bool], max_rank: int) -> tuple[CatalogueRecord, ...]:
    order = (TalkRow.position.asc().nulls_last(), DocumentRow.title, DocumentRow.id)
    document_ids = session.scalars(_visible_ids(max_rank).where(condition).order_by(*order)).all()
    return tuple(records(session, document_ids).values())


def _visible_ids(max_rank: int) -> Select[str]:
    return select_visible_documents(max_rank).where(DocumentRow.withdrawn_at.is_(None))


def _read(session: Session, document_ids: Iterable[str]) -> dict[str, CatalogueRecord]:
    documents = _read_documents(session, document_ids)
    talks = _read_talks(session, (document.talk_id for document in documents if document.talk_id))
    event_ids = {document.event_id for document in documents} | {talk.event_id for talk in talks.values()}
    events = _read_events(session, (event_id for event_id in event_ids if event_id))
    return {document.id: _record(document, talks, events) for document in documents}


def _record(document: Document, talks: dict[str, Talk], events: dict[str, Event]) -> CatalogueRecord:
    talk = talks.get(document.talk_id or "")
    event = events.get(document.event_id or (talk.event_id if talk and talk.event_id else ""))
    levels = [part.visibility for part in (document, talk, event) if part is not None]
    return CatalogueRecord(document, strictest_rank(levels), talk, event)


def _read_documents(session: Session, document_ids: Iterable[str]) -> list[Document]:
    """Return live documents, each with the version that its readers see, in no order."""
    rows = _rows(session, _DOCUMENTS, document_ids)
    shown: dict[str, _Row] = {}
    for row in _rows(session, _VERSIONS, (row.id for row in rows)):
        known = shown.get(row.document_id)
        if known is None or shown_order(row) > shown_order(known):
            shown[row.document_id] = row
    originals = {
        row.sha256: row for row in _rows(session, _ORIGINALS, (row.sha256 for row in shown.values()))
    }
    versions = {key: mapping.to_version(row, originals[row.sha256]) for key, row in shown.items()}
    return [mapping.to_document(row, versions[row.id]) for row in rows if row.id in versions]


def _read_talks(session: Session, talk_ids: Iterable[str]) -> dict[str, Talk]:
    rows = _rows(session, _TALKS, talk_ids)
    keys = [row.id for row in rows]
    regions: defaultdict[str, list[str]] = defaultdict(list)
    for talk_id, code in _rows(session, _TALK_REGIONS, keys):
        regions[talk_id].append(code)
    contributions: defaultdict[str, list[Contribution]] = defaultdict(list)
    parts = _rows(session, _CONTRIBUTIONS, keys)
    respelled = (part.person_id for part in parts if part.is_person_respelled)
    of_person = _spellings(session, _PERSON_SPELLINGS, respelled)
    respelled = (part.organisation_id for part in parts if part.is_organisation_respelled)
    of_organisation = _spellings(session, _ORGANISATION_SPELLINGS, respelled)
    for talk_id, role, leads, person_id, person_name, organisation_id, name, _, _, *written in parts:
        person = Person(person_id, person_name, of_person.get(person_id, ())) if person_id else None
        of_name = (organisation_id, name, of_organisation.get(organisation_id, ()))
        organisation = Organisation(*of_name) if organisation_id else None
        contributions[talk_id].append(Contribution(person, role, organisation, leads, *written))
    return {row.id: mapping.talk_with(row, regions[row.id], contributions[row.id]) for row in rows}


def _spellings(session: Session, query: Executable, keys: Iterable[str]) -> dict[str, tuple[Spelling, ...]]:
    rows: defaultdict[str, list[_Row]] = defaultdict(list)
    for row in _rows(session, query, keys):
        rows[row[0]].append(row)
    return {key: mapping.to_spellings(of_record) for key, of_record in rows.items()}


def _read_events(session: Session, event_ids: Iterable[str]) -> dict[str, Event]:
    rows = _rows(session, _EVENTS, event_ids)
    areas: defaultdict[str, list[FocusArea]] = defaultdict(list)
    for row in _rows(session, _EVENT_AREAS, (row.id for row in rows)):
        areas[row.event_id].append(mapping.to_focus_area(row))
    return {row.id: mapping.event_with(row, areas[row.id]) for row in rows}


def _rows(session: Session, query: Executable, keys: Iterable[str]) -> Sequence[_Row]:
    wanted = sorted(set(keys))
    return session.connection().execute(query, {"keys": wanted}).all() if wanted else ()
