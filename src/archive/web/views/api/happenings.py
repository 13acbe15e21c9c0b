"""Focus areas, events and talks in JSON."""

from collections.abc import Sequence

from flask import Blueprint, Response

from archive.catalogue import records
from archive.catalogue.database.sessions import Session
from archive.catalogue.events import events as catalogue_events
from archive.catalogue.events import films, regions
from archive.catalogue.events import talks as catalogue_talks
from archive.catalogue.listing import slices
from archive.catalogue.names.listing import present_id
from archive.errors import NotFound
from archive.model.events import Talk
from archive.model.names import NameKind
from archive.web.http.context import current_archive, current_visitor
from archive.web.presenters.api.answers import record_response
from archive.web.presenters.api.listings import EventList, FocusAreaList, TalkList
from archive.web.presenters.api.record_answers import event_answer, focus_area_answer, talk_answer
from archive.web.presenters.api.records import EventRecord, FocusAreaRecord, TalkRecord
from archive.web.views.api.contract import EventQuery, ListQuery, TalkQuery, promises
from archive.web.views.api.slices import slice_response, text_key

blueprint = Blueprint("api_happenings", __name__, url_prefix="/api")

_ABOUT = "Events"


@blueprint.get("/focus-areas")
@promises(FocusAreaList, _ABOUT)
def focus_areas(query: ListQuery) -> Response:
    """List the focus areas."""
    with current_archive().database.read() as session:
        listed, following = slices.focus_areas_after(
            session, current_visitor().rank, text_key(query), query.limit
        )
    return slice_response(FocusAreaList, tuple(focus_area_answer(area) for area in listed), query, following)


@blueprint.get("/focus-areas/<focus_area_id>")
@promises(FocusAreaRecord, _ABOUT, {"focus_area_id": "The identifier of a focus area"})
def focus_area(focus_area_id: str) -> Response:
    """Return a focus area."""
    with current_archive().database.read() as session:
        area = catalogue_events.focus_area(session, focus_area_id, current_visitor().rank)
    return record_response(focus_area_answer(area))


@blueprint.get("/events")
@promises(EventList, _ABOUT)
def events(query: EventQuery) -> Response:
    """List the events, all or those of a focus area or a year."""
    with current_archive().database.read() as session:
        rank = current_visitor().rank
        if query.focus_area:
            catalogue_events.focus_area(session, query.focus_area, rank)  # raises NotFound
        listed, following = slices.events_after(
            session, query.focus_area, query.year, rank, text_key(query), query.limit
        )
        shown = films.films_of_events(session, [one.id for one in listed])
    answers = tuple(event_answer(one, shown.get(one.id, ())) for one in listed)
    return slice_response(EventList, answers, query, following)


@blueprint.get("/events/<event_id>")
@promises(EventRecord, _ABOUT, {"event_id": "The identifier of an event"})
def event(event_id: str) -> Response:
    """Return an event."""
    with current_archive().database.read() as session:
        found = catalogue_events.event(session, event_id, current_visitor().rank)
        shown = films.films_of_events(session, [event_id])
    return record_response(event_answer(found, shown.get(event_id, ())))


@blueprint.get("/talks")
@promises(TalkList, _ABOUT)
def talks(query: TalkQuery) -> Response:
    """List the talks, all or those of an event, a person, an organisation, a focus area or a region."""
    with current_archive().database.read() as session:
        rank = current_visitor().rank
        conditions = _conditions(session, query, rank)
        listed, following = slices.talks_after(session, conditions, rank, text_key(query), query.limit)
        return slice_response(TalkList, _answers(session, listed), query, following)


@blueprint.get("/talks/<talk_id>")
@promises(TalkRecord, _ABOUT, {"talk_id": "The identifier of a talk"})
def talk(talk_id: str) -> Response:
    """Return a talk with its speakers, documents and films."""
    with current_archive().database.read() as session:
        found = catalogue_events.talk(session, talk_id, current_visitor().rank)
        (answer,) = _answers(session, [found])
    return record_response(answer)


def _conditions(session: Session, query: TalkQuery, max_rank: int) -> list[catalogue_talks.TalkCondition]:
    """Return what the talks have to meet. Raises NotFound where the visitor may not know what it names."""
    person = present_id(session, NameKind.PERSON, query.person) or query.person
    organisation = present_id(session, NameKind.ORGANISATION, query.organisation) or query.organisation
    asked = (
        (query.event, catalogue_events.event, catalogue_talks.of_event),
        (person, catalogue_events.person, catalogue_talks.of_person),
        (organisation, catalogue_events.organisation, catalogue_talks.of_organisation),
        (query.focus_area, catalogue_events.focus_area, catalogue_talks.of_focus_area),
    )
    conditions = []
    for value, look_up, condition in asked:
        if value:
            look_up(session, value, max_rank)
            conditions.append(condition(value))
    if query.region:
        if query.region not in {region.code for region in regions.all_regions(session)}:
            raise NotFound("There is no region with this code.")
        conditions.append(catalogue_talks.of_regions(regions.narrower_codes(session, query.region)))
    return conditions


def _answers(session: Session, listed: Sequence[Talk]) -> tuple[TalkRecord, ...]:
    rank = current_visitor().rank
    identifiers = [one.id for one in listed]
    held_at = catalogue_events.events_by_id(session, {one.event_id for one in listed if one.event_id}, rank)
    papers = records.records_of_talks(session, identifiers, rank)
    shown = films.films_of_talks(session, identifiers)
    by_code = {region.code: region for region in regions.all_regions(session)}
    return tuple(
        talk_answer(one, held_at.get(one.event_id or ""), by_code, papers[one.id], shown.get(one.id, ()))
        for one in listed
    )
