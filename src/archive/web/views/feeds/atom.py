"""Feeds: the newest of what a question finds, and of events, as Atom; events as iCalendar (RFC 5545).

A feed of a person, a region, an event … is that of the question with this one filter.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from flask import Blueprint, Response, render_template, request

from archive.catalogue.events import events
from archive.catalogue.listing.dates import events_given
from archive.errors import NotFound
from archive.index.search import Sort
from archive.model.events import DatePrecision, Event
from archive.search.question import View
from archive.search.results import ResultPage
from archive.web.http.context import current_archive, current_visitor
from archive.web.http.language import gettext
from archive.web.presenters.addresses import request_question
from archive.web.presenters.api.record_answers import has_day, whole_address
from archive.web.presenters.feeds.sending import (
    Entry,
    document_entry,
    event_entry,
    feed_response,
    permanent_address,
    updated,
)
from archive.web.presenters.hit_downloads import feed_query
from archive.web.presenters.names import choice_name
from archive.web.views.api.contract import promises
from archive.web.views.api.search_query import FeedQuery

if TYPE_CHECKING:
    from icalendar import Calendar


blueprint = Blueprint("feeds", __name__)

_ATOM = "application/atom+xml"
_EVENTS = 30

_MEDIA_TYPE = "text/calendar"
# What some readers take for the end of a line, which would let a title begin a property of its own.
_LINE_ENDS = re.compile("\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_FORBIDDEN = re.compile("[\0-\x08\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed. `identifier` stays the same for ever; `page_url` is where people read the same."""

    identifier: str
    title: str
    self_url: str
    page_url: str
    entries: Sequence[Entry]

    @property
    def updated(self) -> str:
        """Return when it changed."""
        return updated(self.entries)


@blueprint.get("/search.atom")
@promises(None, "Feeds", media_type=_ATOM, asks=FeedQuery)
def search_feed() -> Response:
    """Answer with the newest talks and documents that a question finds; without one with those of all."""
    question = replace(request_question(), sort=Sort.NEWEST, page=1, view=View.CARDS)
    result = current_archive().search.search(question, current_visitor())
    asked = feed_query(question)
    feed = Feed(
        identifier=permanent_address("feeds.search_feed") + asked,
        title=_title(result),
        self_url=whole_address("feeds.search_feed") + asked,
        page_url=whole_address("search.index") + asked,
        entries=[document_entry(group) for group in result.groups],
    )
    return _response(feed)


@blueprint.get("/e/feed.atom")
@promises(None, "Feeds", media_type=_ATOM, ignores=True)
def event_feed() -> Response:
    """Answer with the newest events."""
    rank = current_visitor().rank
    with current_archive().database.read() as session:
        latest = events.latest_events(session, rank, _EVENTS)
        given = events_given(session, [event.id for event in latest], rank)
    name = current_archive().settings.web.site_name
    feed = Feed(
        identifier=permanent_address("feeds.event_feed"),
        title=f"{name}: {gettext('Seminarier')}",
        self_url=whole_address("feeds.event_feed"),
        page_url=whole_address("events.index"),
        entries=[event_entry(event, given.get(event.id)) for event in latest],
    )
    return _response(feed)


def _response(feed: Feed) -> Response:
    return feed_response(render_template("feeds/feed.xml", feed=feed), _ATOM)


def _title(result: ResultPage) -> str:
    """Return the site's name with what is asked for."""
    chosen = [
        choice_name(facet, choice.value, choice.label)
        for facet, choices in result.facets.items()
        for choice in choices
        if choice.chosen
    ]
    asked = ", ".join(filter(None, (result.question.text, *chosen)))
    return f"{current_archive().settings.web.site_name}: {asked or gettext('Det nyaste')}"


@blueprint.get("/e/<event_id>/event.ics")
@promises(None, "Feeds", {"event_id": "The identifier of an event"}, media_type=_MEDIA_TYPE, ignores=True)
def event_calendar(event_id: str) -> Response:
    """Answer with an event; one whose day is not known has no calendar."""
    with current_archive().database.read() as session:
        found = events.event(session, event_id, current_visitor().rank)
    if not has_day(found):
        raise NotFound("The day of this event is not known, so no calendar can have it.")
    return _calendar_response([found])


@blueprint.get("/e/calendar.ics")
@promises(None, "Feeds", media_type=_MEDIA_TYPE, ignores=True)
def calendar() -> Response:
    """Answer with all events whose day is known."""
    with current_archive().database.read() as session:
        found = events.events(session, current_visitor().rank)
    return _calendar_response([event for event in found if has_day(event)])


def _calendar_response(shown: list[Event]) -> Response:
    """Return a calendar. The time at which it was written has no part in what it is known by."""
    written = _calendar(shown, datetime.now(UTC)).to_ical()
    known_by = _calendar(shown, datetime(1970, 1, 1, tzinfo=UTC)).to_ical()
    return feed_response(written, _MEDIA_TYPE, known_by)


def _calendar(shown: list[Event], now: datetime) -> "Calendar":
    from icalendar import Calendar
    from icalendar import Event as Entry

    made = Calendar()
    made.add("prodid", "-//archive//seminars//SV")
    made.add("version", "2.0")
    made.add("x-wr-calname", _text(current_archive().settings.web.site_name))
    for event in shown:
        assert event.starts_on is not None
        entry = Entry()
        entry.add("uid", f"{event.id}@{request.host.partition(':')[0]}")
        entry.add("dtstamp", now)
        entry.add("dtstart", event.starts_on)
        entry.add("dtend", _last_day(event, event.starts_on) + timedelta(days=1))  # the first day after it
        entry.add("summary", _text(event.title))
        entry.add("url", whole_address("events.event", event_id=event.id))
        for name, text in (("location", event.place), ("description", event.text)):
            if text:
                entry.add(name, _text(text))
        made.add_component(entry)
    return made


def _last_day(event: Event, first: date) -> date:
    is_known = event.ends_on is not None and event.ends_precision is DatePrecision.DAY
    return max(first, event.ends_on) if is_known and event.ends_on else first


def _text(text: str) -> str:
    """Return text as a property may have it: lines end in one way, and there are no control characters."""
    return _FORBIDDEN.sub("", _LINE_ENDS.sub("\n", text))
