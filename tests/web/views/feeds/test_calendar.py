"""Events as calendars read them."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar

from archive.app import Archive
from archive.catalogue.events.new_event import NewEvent
from archive.catalogue.events.save_event import save_event
from archive.model.events import DatePrecision
from archive.model.visibility import Visibility
from archive.web.factory import create_app
from tests.filled_archive import opened
from tests.web.page_tree import tree
from tests.web.web_archive import Built


def read(client: FlaskClient, address: str) -> Calendar:
    response = client.get(address)
    assert (response.status_code, response.mimetype) == (200, "text/calendar")
    found = Calendar.from_ical(response.data)
    assert isinstance(found, Calendar)
    return found


def test_an_event_has_its_days_place_and_address(client: FlaskClient, built: Built) -> None:
    (event,) = read(client, f"/e/{built.spring}/event.ics").events
    assert (event["summary"], event["location"]) == ("Transporter och klimat", "Karlstad")
    # The day on which it ends is the first day after it (RFC 5545, 3.6.1).
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2022, 4, 5), date(2022, 4, 7))
    assert event["uid"] == f"{built.spring}@localhost"
    assert event["url"] == f"http://localhost/e/{built.spring}"
    (link,) = tree(client, f"/e/{built.spring}").xpath("//link[@type='text/calendar']/@href")
    assert link == f"/e/{built.spring}/event.ics"


def test_the_calendar_has_all_events(client: FlaskClient, built: Built) -> None:
    found = read(client, "/e/calendar.ics")
    assert {str(event["uid"]).partition("@")[0] for event in found.events} == {built.spring, built.autumn}


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Archive]:
    with opened(tmp_path) as archive:
        yield archive


def test_an_event_without_a_day_and_a_closed_one_are_in_no_calendar(empty: Archive) -> None:
    events = (
        NewEvent("Dag", starts_on=date(2020, 5, 4)),
        NewEvent("Månad", starts_on=date(2020, 5, 1), starts_precision=DatePrecision.MONTH),
        NewEvent("Odaterat"),
        NewEvent("Slutet", starts_on=date(2020, 5, 5), visibility=Visibility.MEMBERS),
    )
    with empty.database.write() as session:
        day, month, undated, closed = [save_event(session, one, "test").event_id for one in events]
    client = create_app(empty).test_client()
    assert [event["summary"] for event in read(client, "/e/calendar.ics").events] == ["Dag"]
    for one in (month, undated, closed):
        assert client.get(f"/e/{one}/event.ics").status_code == 404
    for one in (month, undated):
        assert not tree(client, f"/e/{one}").xpath("//link[@type='text/calendar']")
        assert client.get(f"/api/events/{one}").get_json()["calendar_url"] == ""
    assert client.get(f"/api/events/{day}").get_json()["calendar_url"]


def test_words_of_an_event_cannot_begin_a_property(empty: Archive) -> None:
    ends = ("\r", "\r\n", "\v", "\f", "\x1c", "\x85", "\u2028", "\u2029")
    text = "Dag" + "".join(f"{end}DTSTART:19990101" for end in ends) + "\0\x07"
    event = NewEvent(text, starts_on=date(2020, 5, 4), place=text, text=text)
    with empty.database.write() as session:
        event_id = save_event(session, event, "test").event_id
    client = create_app(empty).test_client()
    (read_back,) = read(client, f"/e/{event_id}/event.ics").events
    assert read_back.decoded("dtstart") == date(2020, 5, 4)
    lines = client.get(f"/e/{event_id}/event.ics").text.splitlines()
    assert [line for line in lines if line.startswith("DTSTART")] == ["DTSTART;VALUE=DATE:20200504"]
    assert not any("\0" in line or "\x07" in line for line in lines)
