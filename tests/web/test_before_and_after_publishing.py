"""A draft with its seminar: nobody but staff is told of it by any way, and everybody once it is published."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from flask.testing import FlaskClient

from archive.app import Archive, open_archive
from archive.catalogue.events import events
from archive.catalogue.events.new_event import NewEvent, NewSpeaker, NewTalk
from archive.catalogue.events.save_event import save_event
from archive.catalogue.publishing import drafts
from archive.model.visibility import Visibility
from archive.settings.settings import Settings
from archive.web.factory import create_app
from tests.filled_archive import add, slide
from tests.web.conftest import Client

OPEN, CLOSED = "torvbrytning", "vindkraftverk"
SPEAKER, ORGANISATION = "Xerxes Quist", "Qvarninstitutet"


@dataclass(frozen=True)
class Known:
    """The identifiers of the draft, its seminar and its speaker."""

    event_id: str
    person_id: str
    document_id: str


@dataclass(frozen=True)
class Site:
    """An archive with one document that all may see, and a draft with its seminar."""

    archive: Archive
    client: FlaskClient
    known: Known

    def look(self) -> dict[str, object]:
        """Return what a visitor is told: by each way that could tell of the draft."""
        get = self.client.get
        found = get(f"/api/search?q={CLOSED}").get_json()
        both = get(f"/api/search?q={OPEN} OR {CLOSED}").get_json()
        facets = both["facets"]
        return {
            "found": found["total"],
            "counted": both["total"],
            "speakers": [one["label"] for one in facets["speaker"]],
            "years": [(one["label"], one["groups"]) for one in facets["year"]],
            "facet values": SPEAKER in get("/filter/speaker").text,
            "speaker suggested": _suggested(self.client, "Xerx"),
            "organisation suggested": _suggested(self.client, "Qvarn"),
            "title suggested": _suggested(self.client, "Hemligt"),
            "did you mean": CLOSED in get(f"/?q={CLOSED[:-2]}ek").text,
            "help without hits": SPEAKER in get("/?q=Xerxes Quost").text,
            "event": get(f"/e/{self.known.event_id}").status_code,
            "person": get(f"/p/{self.known.person_id}").status_code,
            "document": get(f"/d/{self.known.document_id}").status_code,
            "lists": [SPEAKER in get("/p").text, ORGANISATION in get("/o").text, "Hemligt" in get("/e").text],
            "start": [word in get("/").text for word in (CLOSED, "Hemligt föredrag", "Hemligt sem")],
        }


def _suggested(client: FlaskClient, letters: str) -> bool:
    return bool(client.get(f"/suggest?q={letters}").get_json()["suggestions"])


HIDDEN = {
    "found": 0,
    "counted": 1,
    "speakers": [],
    "years": [],
    "facet values": False,
    "speaker suggested": False,
    "organisation suggested": False,
    "title suggested": False,
    "did you mean": False,
    "help without hits": False,
    "event": 404,
    "person": 404,
    "document": 404,
    "lists": [False, False, False],
    "start": [False, False, False],
}
SHOWN = {
    "found": 1,
    "counted": 2,
    "speakers": [SPEAKER],
    "years": [("2017", 1)],
    "facet values": True,
    "speaker suggested": True,
    "organisation suggested": True,
    "title suggested": True,
    "did you mean": True,
    "help without hits": True,
    "event": 200,
    "person": 200,
    "document": 200,
    "lists": [True, True, True],
    "start": [True, True, True],
}


@contextmanager
def _opened(data: Path, known: Known) -> Iterator[Site]:
    """Open the archive, and read what help offers: a search waits only a second for it."""
    with open_archive(Settings(data=data)) as archive:
        archive.indexer.catch_up()
        for part in (archive.spelling, archive.suggestions):
            part.warm(Visibility.PUBLIC)
            part.close()
        app = create_app(archive)
        app.test_client_class = Client
        yield Site(archive, app.test_client(), known)


def _fill(archive: Archive) -> Known:
    add(archive, "Öppet", slide("Öppet", f"{OPEN} i norr"))
    talk = NewTalk("Hemligt föredrag", 1, speakers=(NewSpeaker(SPEAKER, "forskare", ORGANISATION),))
    event = NewEvent("Hemligt seminarium", starts_on=date(2017, 3, 4), source="upload:a/x", talks=(talk,))
    with archive.database.write() as session:
        saved = save_event(session, event, "anna", draft=True)
        person = events.talk(session, saved.talk_ids[0], Visibility.STAFF.rank).contributions[0].person
    assert person is not None
    slides = slide("Sida", f"{CLOSED} i norr", f"{CLOSED} i söder")
    document_id = add(archive, "Hemligt bildspel", slides, talk=saved.talk_ids[0], draft=True)
    return Known(saved.event_id, person.id, document_id)


def test_visitor_is_told_of_a_draft_only_once_it_is_published(tmp_path: Path) -> None:
    with open_archive(Settings(data=tmp_path / "data")) as archive:
        known = _fill(archive)
    with _opened(tmp_path / "data", known) as site:
        assert site.look() == HIDDEN
        with site.archive.database.write() as session:
            drafts.publish(session, known.document_id, Visibility.PUBLIC, "anna")
    with _opened(tmp_path / "data", known) as site:
        assert site.look() == SHOWN
        with site.archive.database.write() as session:
            drafts.unpublish(session, known.document_id, "anna")
        # At once, before the index follows; the page of its seminar stays, which staff have published.
        assert site.look() == HIDDEN | {
            "event": 200,
            "lists": [False, False, True],
            "start": [False, False, True],
        }
