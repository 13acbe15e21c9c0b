"""Which documents an edit reaches: those whose page, talk, event, people or focus areas it changes."""

from collections.abc import Callable, Iterable, Mapping

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from archive.catalogue.journal.recorded_tables import Key
from archive.catalogue.tables.documents import DocumentRow, VersionRow
from archive.catalogue.tables.events import ContributionRow, EventFocusAreaRow, TalkRow

_Query = Callable[[list[str]], Select[str]]
_IDS_A_QUERY = 400
_PEOPLE, _ORGANISATIONS = ("person", "person_spelling"), ("organisation", "organisation_spelling")
_TALK_PARTS = ("presentation", "contribution", "presentation_region")


def reached(session: Session, keys: Iterable[Key]) -> frozenset[str]:
    """Return the identifiers of the documents that rows of these keys belong to, as it is written now."""
    firsts: dict[str, set[str]] = {}
    for table, key in keys:
        firsts.setdefault(table, set()).add(key.split("/")[0])
    documents = firsts.get("document", set()) | firsts.get("page_choice", set())
    documents |= _found(session, firsts.get("page", ()), _of_versions)
    talks = _any(firsts, _TALK_PARTS)
    talks |= _found(session, _any(firsts, _PEOPLE), _talks_of_people)
    talks |= _found(session, _any(firsts, _ORGANISATIONS), _talks_of_organisations)
    events = firsts.get("event", set()) | firsts.get("event_focus_area", set())
    events |= _found(session, firsts.get("focus_area", ()), _events_of_areas)
    talks |= _found(session, events, _talks_of_events)
    documents |= _found(session, talks, _of_talks) | _found(session, events, _of_events)
    return frozenset(documents)


def _any(firsts: Mapping[str, set[str]], tables: Iterable[str]) -> set[str]:
    return set().union(*(firsts.get(table, set()) for table in tables))


def _found(session: Session, identifiers: Iterable[str], query: _Query) -> set[str]:
    wanted = sorted(identifiers)
    found: set[str] = set()
    for start in range(0, len(wanted), _IDS_A_QUERY):
        statement = query(wanted[start : start + _IDS_A_QUERY])
        found.update(value for (value,) in session.connection().execute(statement) if value is not None)
    return found


def _of_versions(ids: list[str]) -> Select[str]:
    return select(VersionRow.document_id).where(VersionRow.id.in_(ids))


def _of_talks(ids: list[str]) -> Select[str]:
    return select(DocumentRow.id).where(DocumentRow.talk_id.in_(ids))


def _of_events(ids: list[str]) -> Select[str]:
    return select(DocumentRow.id).where(DocumentRow.event_id.in_(ids))


def _talks_of_events(ids: list[str]) -> Select[str]:
    return select(TalkRow.id).where(TalkRow.event_id.in_(ids))


def _talks_of_people(ids: list[str]) -> Select[str]:
    return select(ContributionRow.talk_id).where(ContributionRow.person_id.in_(ids))


def _talks_of_organisations(ids: list[str]) -> Select[str]:
    return select(ContributionRow.talk_id).where(ContributionRow.organisation_id.in_(ids))


def _events_of_areas(ids: list[str]) -> Select[str]:
    return select(EventFocusAreaRow.event_id).where(EventFocusAreaRow.focus_area_id.in_(ids))
