"""Events, people, organisations, focus areas and regions: who spoke where and when, about what."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from archive.catalogue.database.sessions import Session
from archive.catalogue.events import directory, events, regions, talks
from archive.catalogue.events.directory import ListedRegion
from archive.catalogue.events.films import films_of_event
from archive.catalogue.events.talks import TalkCondition, count_talks, talks_where
from archive.catalogue.names.listing import present_id
from archive.catalogue.publishing import draft_events
from archive.errors import NotFound
from archive.index.schema import Facet
from archive.model.events import Event, FocusArea, Region, Spelling
from archive.model.names import NameKind
from archive.model.uploads import UploadTarget
from archive.web.http.cache import kept
from archive.web.http.context import current_archive, current_visitor
from archive.web.http.language import gettext, pgettext
from archive.web.presenters.addresses import page_number
from archive.web.presenters.result_controls import page_numbers
from archive.web.presenters.talk_lists import event_talks, region_names, talk_list
from archive.web.views.upload_areas import upload_area

blueprint = Blueprint("events", __name__)

_TALKS_A_PAGE = 30
# As many events as make a page worth scrolling; whole years are shown, so there may be more.
_EVENTS_A_PAGE = 60
_NO_YEAR = "none"


@dataclass(frozen=True, slots=True)
class TalksSubject:
    """What a page of talks is about, and the condition for those talks.

    `talk_count`: how many there are where that is known, else 0. `events`: those of a focus area. `broader`
    and `narrower`: the regions around a region. `other_names`: those of a person or an organisation.
    """

    heading: str
    name: str
    facet: Facet
    value: str
    condition: TalkCondition
    talk_count: int = 0
    area: FocusArea | None = None
    events: Sequence[Event] = ()
    broader: Sequence[Region] = ()
    narrower: Sequence[ListedRegion] = ()
    other_names: Sequence[Spelling] = ()


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
    with current_archive().database.read() as session:
        return event_page(session, event_id)


def event_page(session: Session, event_id: str) -> str:
    """Return the page of an event with its programme and reports. Raises NotFound."""
    rank = current_visitor().rank
    event = events.event(session, event_id, rank)
    programme = events.talks_of_event(session, event_id, rank)
    programme_talks, reports = event_talks(session, event_id, programme)
    area = upload_area(session, UploadTarget(event_id=event_id))
    return render_template(
        "events/event.html",
        event=event,
        talks=programme_talks,
        reports=reports,
        region_names=region_names(session, programme),
        films=films_of_event(session, event_id),
        area=area,
        is_draft=area is not None and draft_events.is_draft(session, event_id),
    )


@blueprint.get("/p/<person_id>")
def person(person_id: str) -> str | Response:
    """Show what a person has spoken about; lead on from one who was merged into another."""
    with current_archive().database.read() as session:
        if present := present_id(session, NameKind.PERSON, person_id):
            events.person(session, present, current_visitor().rank)
            return _lead_on(url_for("events.person", person_id=present))
        person = events.person(session, person_id, current_visitor().rank)
        condition = talks.of_person(person.id)
        subject = TalksSubject(
            pgettext("en", "Talare"),
            person.name,
            Facet.SPEAKER,
            person.id,
            condition,
            other_names=[one for one in person.spellings if one.is_shown],
        )
        return _talk_page(session, subject)


@blueprint.get("/o/<organisation_id>")
def organisation(organisation_id: str) -> str | Response:
    """Show what an organisation's people have spoken about; lead on from one that was merged."""
    with current_archive().database.read() as session:
        if present := present_id(session, NameKind.ORGANISATION, organisation_id):
            events.organisation(session, present, current_visitor().rank)
            return _lead_on(url_for("events.organisation", organisation_id=present))
        organisation = events.organisation(session, organisation_id, current_visitor().rank)
        condition = talks.of_organisation(organisation.id)
        subject = TalksSubject(
            gettext("Organisation"),
            organisation.name,
            Facet.ORGANISATION,
            organisation.id,
            condition,
            other_names=[one for one in organisation.spellings if one.is_shown],
        )
        return _talk_page(session, subject)


@blueprint.get("/f/<focus_area_id>")
def focus_area(focus_area_id: str) -> str:
    """Show a focus area with its events and talks."""
    with current_archive().database.read() as session:
        events.focus_area(session, focus_area_id, current_visitor().rank)
        return focus_area_page(session, focus_area_id)


def focus_area_page(session: Session, focus_area_id: str) -> str:
    """Return the page of a focus area, with those of its events and talks that the visitor may see."""
    area = events.any_focus_area(session, focus_area_id)
    subject = TalksSubject(
        gettext("Fokusområde"),
        area.title,
        Facet.FOCUS_AREA,
        area.id,
        talks.of_focus_area(area.id),
        area=area,
        events=events.events_of_focus_area(session, focus_area_id, current_visitor().rank),
    )
    return _talk_page(session, subject)


@blueprint.get("/r/<code>")
def region(code: str) -> str:
    """Show the talks about a region and the narrower ones in it."""
    with current_archive().database.read() as session:
        listed = kept(session, directory.listed_regions, current_visitor().rank)
        by_code = {entry.region.code: entry for entry in listed}
        if code not in by_code:
            raise NotFound("No talk is about such a region.")
        subject = TalksSubject(
            gettext("Region"),
            by_code[code].region.name,
            Facet.REGION,
            code,
            talks.of_regions(regions.narrower_codes(session, code)),
            talk_count=by_code[code].talk_count,
            broader=[region for region in regions.with_broader(session, [code]) if region.code != code],
            narrower=[entry for entry in listed if entry.region.broader == code],
        )
        return _talk_page(session, subject)


def _lead_on(address: str) -> Response:
    """Lead to the record that one was merged into. Browsers ask again next time: a merge can be undone."""
    query = request.query_string.decode("ascii", "replace")
    response = make_response(redirect(f"{address}?{query}" if query else address, 308))
    response.headers["Cache-Control"] = "no-cache"
    return response


def _talk_page(session: Session, subject: TalksSubject) -> str:
    rank = current_visitor().rank
    total = subject.talk_count or count_talks(session, subject.condition, rank)
    page_count = max(1, math.ceil(total / _TALKS_A_PAGE))
    page = min(page_number(), page_count)
    shown = talks_where(
        session, subject.condition, rank, offset=(page - 1) * _TALKS_A_PAGE, limit=_TALKS_A_PAGE
    )
    return render_template(
        "events/talks.html",
        subject=subject,
        talk_count=total,
        talk_list=talk_list(session, shown),
        page=page,
        links=page_numbers(page, page_count) if page_count > 1 else [],
    )


def _shown_years(years: Sequence[tuple[int | None, int]]) -> list[int | None]:
    """Return the year in `year` ("none": events without a date), without it the newest years.

    Raises:
        NotFound: no event is of that year.
    """
    text = request.args.get("year", "")
    if not text:
        return _newest_years(years)
    shown = [year for year, _ in years if text == (_NO_YEAR if year is None else str(year))]
    if not shown:
        raise NotFound("There are no events of that year.")
    return shown


def _newest_years(years: Sequence[tuple[int | None, int]]) -> list[int | None]:
    shown: list[int | None] = []
    total = 0
    for year, count in years:
        if total >= _EVENTS_A_PAGE:
            break
        shown.append(year)
        total += count
    return shown
