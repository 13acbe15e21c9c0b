"""Events as iCalendar (RFC 5545): one, or all whose day is known."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from flask import Blueprint, Response, request

from archive.catalogue.events import events
from archive.errors import NotFound
from archive.model.events import Event
from archive.model.partial_dates import DatePrecision
from archive.web.http.context import current_archive, current_visitor
from archive.web.presenters.api.record_answers import has_day, whole_address
from archive.web.presenters.feeds.sending import feed_response
from archive.web.views.api.contract import promises

if TYPE_CHECKING:
    from icalendar import Calendar

blueprint = Blueprint("calendar", __name__)

_MEDIA_TYPE = "text/calendar"
# What some readers take for the end of a line, which would let a title begin a property of its own.
_LINE_ENDS = re.compile("\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_FORBIDDEN = re.compile("[\0-\x08\x0e-\x1f\x7f]")


@blueprint.get("/e/<event_id>/event.ics")
@promises(None, "Feeds", {"event_id": "The identifier of an event"}, media_type=_MEDIA_TYPE, ignores=True)
def event_calendar(event_id: str) -> Response:
    """Answer with an event; one whose day is not known has no calendar."""
    with current_archive().database.read() as session:
        found = events.event(session, event_id, current_visitor().rank)
    if not has_day(found):
        raise NotFound("The day of this event is not known, so no calendar can have it.")
    return _response([found])


@blueprint.get("/e/calendar.ics")
@promises(None, "Feeds", media_type=_MEDIA_TYPE, ignores=True)
def calendar() -> Response:
    """Answer with all events whose day is known."""
    with current_archive().database.read() as session:
        found = events.events(session, current_visitor().rank)
    return _response([event for event in found if has_day(event)])


def _response(shown: list[Event]) -> Response:
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
