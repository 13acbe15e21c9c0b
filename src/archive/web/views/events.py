"""Events, people, organisations, focus areas and regions: what was said where, by whom, about what."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template, request

from archive.catalogue import directory, events, regions, talks
from archive.catalogue.database.sessions import Session
from archive.catalogue.event_queries import count_presentations, presentations_where
from archive.catalogue.talks import TalkCondition
from archive.errors import NotFound
from archive.index.schema import Facet
from archive.model.events import Event, FocusArea, Region, Talk
from archive.web.http.cache import kept
from archive.web.http.context import current_archive, current_visitor
from archive.web.http.language import gettext, pgettext
from archive.web.presenters.addresses import asked_page
from archive.web.presenters.result_controls import page_numbers
from archive.web.presenters.talk_lists import event_talks, talks_with_documents

blueprint = Blueprint("events", __name__)

_TALKS_A_PAGE = 30
# As many events as make a page worth scrolling; whole years are shown, so there may be more.
_EVENTS_A_PAGE = 60
_NO_YEAR = "none"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a page of talks is about, and which talks those are; `talk_count` where it is known, else 0."""

    heading: str
    name: str
    facet: Facet
    value: str
    condition: TalkCondition
    area: FocusArea | None = None
    region: Region | None = None
    talk_count: int = 0


@blueprint.get("/e")
def index() -> str:
    """List the events of the newest years, or of the year in `year`."""
    rank = current_visitor().rank
    with current_archive().database.read() as session:
        years = kept(session, directory.years, rank)
        by_year = [(year, events.events_of_year(session, year, rank)) for year in _shown_years(years)]
    return render_template("events/events.html", years=years, by_year=by_year, no_year=_NO_YEAR)


@blueprint.get("/e/<event_id>")
def event(event_id: str) -> str:
    """Show an event with its programme and reports."""
    rank = current_visitor().rank
    with current_archive().database.read() as session:
        found = events.event(session, event_id, rank)
        programme = events.presentations_of_event(session, event_id, rank)
        programme_talks, reports = event_talks(session, event_id, programme)
        names = _region_names(session, programme)
    return render_template(
        "events/event.html", event=found, talks=programme_talks, reports=reports, region_names=names
    )


@blueprint.get("/p/<person_id>")
def person(person_id: str) -> str:
    """Show what a person has spoken about."""
    with current_archive().database.read() as session:
        found = events.person(session, person_id, current_visitor().rank)
        subject = Subject(
            pgettext("en", "Talare"), found.name, Facet.SPEAKER, found.id, talks.of_person(found.id)
        )
        return _talk_page(session, subject)


@blueprint.get("/o/<organisation_id>")
def organisation(organisation_id: str) -> str:
    """Show what an organisation's people have spoken about."""
    with current_archive().database.read() as session:
        found = events.organisation(session, organisation_id, current_visitor().rank)
        theirs = talks.of_organisation(found.id)
        subject = Subject(gettext("Organisation"), found.name, Facet.ORGANISATION, found.id, theirs)
        return _talk_page(session, subject)


@blueprint.get("/f/<focus_area_id>")
def focus_area(focus_area_id: str) -> str:
    """Show a focus area with its events and talks."""
    rank = current_visitor().rank
    with current_archive().database.read() as session:
        found = events.focus_area(session, focus_area_id, rank)
        held = events.events_of_focus_area(session, focus_area_id, rank)
        about = talks.of_focus_area(found.id)
        heading = gettext("Fokusområde")
        subject = Subject(heading, found.title, Facet.FOCUS_AREA, found.id, about, area=found)
        return _talk_page(session, subject, events_held=held)


@blueprint.get("/r/<code>")
def region(code: str) -> str:
    """Show the talks about a region and the narrower ones in it."""
    with current_archive().database.read() as session:
        listed = kept(session, directory.listed_regions, current_visitor().rank)
        by_code = {one.region.code: one for one in listed}
        if code not in by_code:
            raise NotFound("No talk is about such a region.")
        found = by_code[code].region
        codes = regions.narrower_codes(session, code)
        subject = Subject(
            gettext("Region"),
            found.name,
            Facet.REGION,
            code,
            talks.of_regions(codes),
            region=found,
            talk_count=by_code[code].talk_count,
        )
        broader = [one for one in regions.with_broader(session, [code]) if one.code != code]
        narrower = [one for one in listed if one.region.broader == code]
        return _talk_page(session, subject, broader=broader, narrower=narrower)


def _talk_page(session: Session, subject: Subject, **more: object) -> str:
    rank = current_visitor().rank
    total = subject.talk_count or count_presentations(session, subject.condition, rank)
    page_count = max(1, math.ceil(total / _TALKS_A_PAGE))
    page = min(asked_page(), page_count)
    shown = presentations_where(
        session, subject.condition, rank, offset=(page - 1) * _TALKS_A_PAGE, limit=_TALKS_A_PAGE
    )
    given: dict[str, object] = {"events_held": (), "broader": (), "narrower": ()}
    return render_template(
        "events/talks.html",
        subject=subject,
        talk_count=total,
        talks=talks_with_documents(session, shown),
        events=_events_of(session, shown),
        region_names=_region_names(session, shown),
        page=page,
        links=page_numbers(page, page_count) if page_count > 1 else [],
        **(given | more),
    )


def _events_of(session: Session, presentations: Sequence[Talk]) -> dict[str, Event]:
    identifiers = {one.event_id for one in presentations if one.event_id}
    return events.events_by_id(session, identifiers, current_visitor().rank)


def _region_names(session: Session, presentations: Sequence[Talk]) -> dict[str, str]:
    codes = {code for one in presentations for code in one.region_codes}
    return {one.code: one.name for one in regions.all_regions(session) if one.code in codes}


def _shown_years(years: Sequence[tuple[int | None, int]]) -> list[int | None]:
    """Return the year in `year` ("none": events without a date), else the newest years. Raises NotFound."""
    text = request.args.get("year", "")
    if not text:
        return _first_years(years)
    found = [year for year, _ in years if text == (_NO_YEAR if year is None else str(year))]
    if not found:
        raise NotFound("There are no events of that year.")
    return found


def _first_years(years: Sequence[tuple[int | None, int]]) -> list[int | None]:
    shown: list[int | None] = []
    total = 0
    for year, count in years:
        if total >= _EVENTS_A_PAGE:
            break
        shown.append(year)
        total += count
    return shown
