"""Events, people, organisations and focus areas: what was said where, by whom, about what."""

import math
from collections.abc import Sequence

from flask import Blueprint, render_template
from sqlalchemy.orm import Session

from archive.catalogue import events
from archive.errors import NotFound
from archive.model import Event, Presentation
from archive.text.terms import Facet
from archive.web.address import asked_page
from archive.web.context import current_archive, current_visitor
from archive.web.listing import event_talks, talks_with_documents
from archive.web.narrowing import page_numbers

blueprint = Blueprint("events", __name__)

_TALKS_A_PAGE = 30


@blueprint.get("/e")
def index() -> str:
    """List all events, newest first."""
    rank = current_visitor().rank
    with current_archive().database.read() as session:
        found = events.events(session, rank)
    by_year: dict[str, list[Event]] = {}
    for event in sorted(found, key=lambda one: str(one.starts_on or ""), reverse=True):
        by_year.setdefault(str(event.starts_on.year) if event.starts_on else "", []).append(event)
    return render_template("events.html", by_year=by_year)


@blueprint.get("/e/<event_id>")
def event(event_id: str) -> str:
    """Show an event with its programme and reports."""
    rank = current_visitor().rank
    with current_archive().database.read() as session:
        found = events.event(session, event_id, rank)
        programme = events.presentations_of_event(session, event_id, rank)
        talks, reports = event_talks(session, event_id, programme)
    return render_template("event.html", event=found, talks=talks, reports=reports)


@blueprint.get("/p/<person_id>")
def person(person_id: str) -> str:
    """Show what a person has spoken about."""
    rank = current_visitor().rank
    with current_archive().database.read() as session:
        found = events.person(session, person_id, rank)
        talks = events.presentations_of_person(session, person_id, rank)
        return _talk_page(session, talks, name=found.name, facet=Facet.SPEAKER, value=found.id)


@blueprint.get("/o/<organisation_id>")
def organisation(organisation_id: str) -> str:
    """Show what an organisation's people have spoken about."""
    rank = current_visitor().rank
    with current_archive().database.read() as session:
        found = events.organisation(session, organisation_id, rank)
        talks = events.presentations_of_organisation(session, organisation_id, rank)
        return _talk_page(session, talks, name=found.name, facet=Facet.ORGANISATION, value=found.id)


@blueprint.get("/f/<focus_area_id>")
def focus_area(focus_area_id: str) -> str:
    """Show a focus area with its events."""
    rank = current_visitor().rank
    with current_archive().database.read() as session:
        found = events.focus_area(session, focus_area_id, rank)
        held = events.events_of_focus_area(session, focus_area_id, rank)
    return render_template("focus_area.html", area=found, events=held)


def _talk_page(
    session: Session, presentations: Sequence[Presentation], name: str, facet: Facet, value: str
) -> str:
    if not presentations:
        raise NotFound("There is no such page.")
    page_count = max(1, math.ceil(len(presentations) / _TALKS_A_PAGE))
    page = min(asked_page(), page_count)
    shown = presentations[(page - 1) * _TALKS_A_PAGE : page * _TALKS_A_PAGE]
    return render_template(
        "talks.html",
        name=name,
        is_person=facet is Facet.SPEAKER,
        facet=facet.value,
        value=value,
        talk_count=len(presentations),
        talks=talks_with_documents(session, shown),
        events=_events_of(session, shown),
        page=page,
        links=page_numbers(page, page_count) if page_count > 1 else [],
    )


def _events_of(session: Session, presentations: Sequence[Presentation]) -> dict[str, Event]:
    rank = current_visitor().rank
    identifiers = {one.event_id for one in presentations if one.event_id}
    return {one: events.event(session, one, rank) for one in identifiers}
