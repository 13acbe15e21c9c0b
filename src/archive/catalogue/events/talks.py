"""Which talks belong to an event, a person, an organisation, a focus area or some regions: as conditions.

`event_queries.talks_where` and `count_talks` take them.
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select

from archive.catalogue.tables.events import (
    ContributionRow,
    EventFocusAreaRow,
    TalkRegionRow,
    TalkRow,
)


def of_event(event_id: str) -> ColumnElement[bool]:
    """Return the condition for the talks of an event."""
    return TalkRow.event_id == event_id


def of_person(person_id: str) -> ColumnElement[bool]:
    """Return the condition for the talks that a person took part in."""
    theirs = select(ContributionRow.talk_id).where(ContributionRow.person_id == person_id)
    return TalkRow.id.in_(theirs)


def of_organisation(organisation_id: str) -> ColumnElement[bool]:
    """Return the condition for the talks whose speakers belonged to an organisation then."""
    theirs = select(ContributionRow.talk_id).where(ContributionRow.organisation_id == organisation_id)
    return TalkRow.id.in_(theirs)


def of_focus_area(focus_area_id: str) -> ColumnElement[bool]:
    """Return the condition for the talks of a focus area's events."""
    held = select(EventFocusAreaRow.event_id).where(EventFocusAreaRow.focus_area_id == focus_area_id)
    return TalkRow.event_id.in_(held)


def of_regions(codes: Sequence[str]) -> ColumnElement[bool]:
    """Return the condition for the talks about any of some regions."""
    about = select(TalkRegionRow.talk_id).where(TalkRegionRow.region_code.in_(codes))
    return TalkRow.id.in_(about)
