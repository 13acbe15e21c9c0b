"""What the records of an import say now, and which people and organisations the archive has already."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from archive.catalogue.events.films import films_of_event
from archive.catalogue.events.names import name_key
from archive.catalogue.events.talks import select_talks
from archive.catalogue.tables.events import (
    ContributionRow,
    EventFocusAreaRow,
    EventRow,
    OrganisationRow,
    PersonRow,
    RegionRow,
    TalkRow,
)
from archive.model.events import DatePrecision, iso_date
from archive.model.seminar_pages.seminar_draft import (
    DraftEvent,
    DraftFocusArea,
    DraftSpeaker,
    DraftTalk,
    SeminarDraft,
)


@dataclass(frozen=True, slots=True)
class NameCounts:
    """How many talks each known name has, by `name_key`: of people and of organisations."""

    people: dict[str, int]
    organisations: dict[str, int]

    def talks_of_person(self, name: str) -> int | None:
        """Return how many talks a person has, None where the archive does not know them."""
        return self.people.get(name_key(name))

    def talks_of_organisation(self, name: str) -> int | None:
        """Return how many talks an organisation has, None where the archive does not know it."""
        return self.organisations.get(name_key(name))


def known_names(session: Session, people: Iterable[str], organisations: Iterable[str]) -> NameCounts:
    """Return those of some names that the archive knows."""
    person_keys = sorted({name_key(name) for name in people if name})
    organisation_keys = sorted({name_key(name) for name in organisations if name})
    of_people = session.execute(
        select(PersonRow.name_key, func.count(ContributionRow.talk_id.distinct()))
        .outerjoin(ContributionRow, ContributionRow.person_id == PersonRow.id)
        .where(PersonRow.name_key.in_(person_keys))
        .group_by(PersonRow.name_key)
    )
    of_organisations = session.execute(
        select(OrganisationRow.name_key, func.count(ContributionRow.talk_id.distinct()))
        .outerjoin(ContributionRow, ContributionRow.organisation_id == OrganisationRow.id)
        .where(OrganisationRow.name_key.in_(organisation_keys))
        .group_by(OrganisationRow.name_key)
    )
    return NameCounts(_counts(of_people), _counts(of_organisations))


def _counts(rows: Iterable[Any]) -> dict[str, int]:
    return {row[0]: row[1] for row in rows}


def current_draft(session: Session, published: SeminarDraft) -> SeminarDraft:
    """Return what was published of an import as its records say it now.

    A record that is gone is left out; what no record says (reports, decks) is as it was published.
    """
    events = [_event(session, event) for event in published.events]
    there = tuple(event for event in events if event is not None)
    areas = _focus_areas(session, [event.event_id for event in there]) or published.focus_areas
    return replace(published, events=there, focus_areas=areas)


def _event(session: Session, published: DraftEvent) -> DraftEvent | None:
    row = session.get(EventRow, published.event_id)
    if row is None:
        return None
    films = films_of_event(session, row.id)
    names = dict(session.execute(select(RegionRow.code, RegionRow.name)).all())
    rows = {
        talk.id: talk
        for talk in session.scalars(
            select_talks().where(TalkRow.event_id == row.id).order_by(TalkRow.position, TalkRow.id)
        )
    }
    by_id = {talk.talk_id: talk for talk in published.talks}
    talks = tuple(
        _talk(talk, by_id[talk.id], tuple(films.get(talk.id, ())), names)
        for talk in rows.values()
        if talk.id in by_id
    )
    return replace(
        published,
        title=row.title,
        kind=row.kind,
        starts_on=iso_date(row.starts_on, DatePrecision(row.starts_precision)),
        ends_on=iso_date(row.ends_on, DatePrecision(row.ends_precision)),
        place=row.place,
        occasion=row.occasion,
        organiser=row.organiser,
        text=row.text,
        films=tuple(films.get(row.id, ())),
        talks=talks,
    )


def _talk(row: TalkRow, published: DraftTalk, films: tuple[str, ...], names: dict[str, str]) -> DraftTalk:
    speakers = tuple(
        DraftSpeaker(
            part.person.name if part.person else "",
            part.role,
            part.organisation.name if part.organisation else "",
            part.is_moderator,
        )
        for part in row.contributions
    )
    regions = tuple(names.get(link.region_code, link.region_code) for link in row.region_links)
    return replace(
        published, topic=row.topic, abstract=row.abstract, speakers=speakers, regions=regions, films=films
    )


def _focus_areas(session: Session, event_ids: list[str]) -> tuple[DraftFocusArea, ...]:
    links = session.scalars(
        select(EventFocusAreaRow)
        .where(EventFocusAreaRow.event_id.in_(event_ids))
        .options(selectinload(EventFocusAreaRow.focus_area))
        .order_by(EventFocusAreaRow.event_id, EventFocusAreaRow.position)
    )
    areas = [
        DraftFocusArea(one.focus_area.title, one.focus_area.year_from, one.focus_area.year_to)
        for one in links
    ]
    return tuple(dict.fromkeys(areas))
