"""Indico and pretalx, played by a server on loopback as their documentation has them."""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from archive.imports.drafting import draft_of
from archive.imports.fetching.fetch import Fetcher
from archive.imports.opening import SOURCES
from archive.imports.reading_out import ImportReading
from archive.imports.sources.base import GivenBytes, Source
from archive.imports.sources.indico import IndicoSource
from archive.imports.sources.pretalx import PretalxSource
from archive.model.seminar_pages.imports import ImportKind
from archive.model.seminar_pages.seminar_page import SeminarPage
from archive.settings.imports import ImportSettings
from tests.imports.fetching.raw_server import raw_server, reply
from tests.imports.sources.contract import SourceContract, talks

HTML, JSON = ("Content-Type: text/html",), ("Content-Type: application/json",)
INDICO = {
    "_type": "HTTPAPIResult",
    "count": 1,
    "results": [
        {
            "_type": "Conference",
            "title": "Export Test",
            "type": "meeting",
            "startDate": {"date": "2022-05-19", "tz": "Europe/Stockholm", "time": "09:00:00"},
            "endDate": {"date": "2022-05-20", "tz": "Europe/Stockholm", "time": "16:00:00"},
            "room": "Stora salen",
            "location": "Falun",
            "description": "<p>Två dagar om <b>industri</b> &amp; skog.</p>",
            "folders": [],
            "contributions": [
                {
                    "title": "Sist",
                    "startDate": {"date": "2022-05-20", "time": "10:00:00"},
                    "description": "",
                    "speakers": [{"fullName": "Alm, Bo", "affiliation": "SLU"}],
                    "folders": [],
                },
                {
                    "title": "Först",
                    "startDate": {"date": "2022-05-19", "time": "10:00:00"},
                    "description": "<p>Om det första</p>",
                    "speakers": [
                        {
                            "first_name": "Carina",
                            "last_name": "Åkerberg",
                            "fullName": "Åkerberg, Carina",
                            "affiliation": "Region Gävleborg",
                        }
                    ],
                    "folders": [
                        {
                            "attachments": [
                                {
                                    "type": "file",
                                    "download_url": "https://i.example/1.pptx",
                                    "title": "Bilder",
                                },
                                {"type": "link", "link_url": "https://www.youtube.com/watch?v=1"},
                                {"type": "link", "link_url": "https://i.example/forskare"},
                            ]
                        }
                    ],
                },
            ],
        }
    ],
}
EVENT = {
    "slug": "dagen",
    "name": {"en": "The Day", "sv": "Dagen"},
    "date_from": "2022-05-19",
    "date_to": "2022-05-19",
}
SECOND = {
    "code": "B",
    "title": "Tvåa",
    "abstract": "Om tvåan",
    "description": "",
    "speakers": [{"code": "X", "name": "Åsa Öst"}],
    "slots": [{"start": "2022-05-19T13:00:00+02:00"}],
    "resources": [{"resource": "https://p.example/2.pdf", "description": "Slides"}],
}
FIRST = {
    "code": "A",
    "title": "Etta",
    "abstract": "Om ettan",
    "description": "Mera",
    "speakers": [{"code": "Y", "name": "Bo Alm"}, {"code": "Z", "name": "Eva Ek"}],
    "slots": [{"start": "2022-05-19T09:00:00+02:00"}],
    "resources": [{"resource": "https://www.youtube.com/watch?v=2"}],
}


def answer(connection: socket.socket, head: str) -> None:
    path, host = head.split(" ")[1], head.partition("Host: ")[2].partition("\r\n")[0]
    indico_page = b"<!doctype html><html><head><title>Indico</title></head></html>"
    pretalx_page = b"<!doctype html><html><meta name=generator content=pretalx></html>"
    second_page = f"http://{host}/api/events/dagen/submissions/?page=2"
    answers = {
        "/i/event/7/": (indico_page, HTML),
        "/i/export/event/7.json?detail=contributions": (json.dumps(INDICO).encode(), JSON),
        "/dagen/schedule/": (pretalx_page, HTML),
        "/api/events/dagen/": (json.dumps(EVENT).encode(), JSON),
        "/api/events/dagen/submissions/?page=2": (
            json.dumps({"results": [FIRST], "next": None}).encode(),
            JSON,
        ),
    }
    if path.startswith("/api/events/dagen/submissions/?state=confirmed"):
        body, headers = json.dumps({"results": [SECOND], "next": second_page}).encode(), JSON
    elif path in answers:
        body, headers = answers[path]
    else:
        connection.sendall(reply(status="404 Not Found"))
        return
    connection.sendall(reply(body, headers=headers))


@contextmanager
def reading() -> Iterator[tuple[ImportReading, str]]:
    def no_page(*_: object) -> SeminarPage:
        raise AssertionError("a source should have recognised it")

    with raw_server(answer) as server:
        fetcher = Fetcher(ImportSettings(internal_hosts=(server.named,)), lambda *_: ["127.0.0.1"])
        yield ImportReading(fetcher, no_page, SOURCES), server.address("")


class TestIndico(SourceContract):
    source: Source = IndicoSource()

    def given(self) -> GivenBytes:
        return GivenBytes(json.dumps(INDICO).encode(), "", "7.json")

    def test_a_page_of_an_event_leads_to_its_export(self) -> None:
        with reading() as (read, site):
            out = read.read_out(read.fetched(f"{site}/i/event/7/"))
        assert (out.kind, out.page.address) == (ImportKind.INDICO, f"{site}/i/event/7/")
        event = draft_of(out.page).events[0]
        assert (event.title, event.kind, event.starts_on, event.ends_on, event.place) == (
            *("Export Test", "meeting", "2022-05-19", "2022-05-20", "Stora salen, Falun"),
        )
        assert event.text == "Två dagar om industri & skog."
        assert talks(out.page) == [
            (
                "Först",
                [("Carina Åkerberg", "Region Gävleborg")],
                ("https://i.example/1.pptx",),
                ("https://www.youtube.com/watch?v=1",),
            ),
            ("Sist", [("Bo Alm", "SLU")], (), ()),
        ]


class TestPretalx(SourceContract):
    source: Source = PretalxSource()

    def given(self) -> GivenBytes:
        return GivenBytes(b"{}", "https://p.example/api/events/dagen/", "", "application/json")

    def fetch(self, address: str) -> GivenBytes:
        found = EVENT if address.endswith("/dagen/") else {"results": [SECOND, FIRST], "next": None}
        return GivenBytes(json.dumps(found).encode())

    def test_a_page_of_a_schedule_leads_to_all_pages_of_its_talks_in_order(self) -> None:
        with reading() as (read, site):
            out = read.read_out(read.fetched(f"{site}/dagen/schedule/"))
        assert out.kind is ImportKind.PRETALX
        event = draft_of(out.page).events[0]
        assert (event.title, event.starts_on, event.ends_on) == ("Dagen", "2022-05-19", "")
        assert talks(out.page) == [
            ("Etta", [("Bo Alm", ""), ("Eva Ek", "")], (), ("https://www.youtube.com/watch?v=2",)),
            ("Tvåa", [("Åsa Öst", "")], ("https://p.example/2.pdf",), ()),
        ]
        assert event.talks[0].abstract == "Om ettan\nMera"
