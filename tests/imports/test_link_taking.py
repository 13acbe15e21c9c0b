"""Files that imports link to, fetched from a server on loopback and taken in, each end with its name."""

import json
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from archive.app import Archive, open_archive
from archive.catalogue.database.database import Database
from archive.catalogue.events.events import events, talks_of_event
from archive.catalogue.imports.imports import find_import, imports, save_draft
from archive.catalogue.imports.links import lease_link, links_of
from archive.catalogue.imports.publishing import publish
from archive.catalogue.imports.undoing import undo_import
from archive.catalogue.records import records_of_event
from archive.catalogue.tables.imports import ImportLinkRow
from archive.imports.fetching.fetch import Fetcher
from archive.imports.importing import Importing
from archive.imports.link_taking import LinkTaking
from archive.imports.reading_out import ImportReading
from archive.imports.sources.base import GivenBytes
from archive.model.seminar_pages.imports import ImportLink, LinkState
from archive.model.seminar_pages.seminar_page import (
    BlockKind,
    ReadEvent,
    ReadField,
    ReadTalk,
    SeminarPage,
    SourceBlock,
)
from archive.settings.imports import ImportSettings
from archive.settings.settings import Settings
from tests.imports.fetching.raw_server import RawServer, raw_server, reply

DECK = "Länsstyrelsen möter kommunerna om skogen.\n".encode()
OTHER = b"Vindkraft och vatten i Norrland.\n"
TEXT = ("Content-Type: text/plain",)
PAGES = {
    "GET /ett.txt ": reply(DECK, headers=TEXT),
    "GET /en.zip ": reply(OTHER, headers=TEXT),
    "GET /borta ": reply(status="404 Not Found"),
    "GET /last ": reply(status="403 Forbidden"),
    "GET /inlogg ": reply(b'<form><input type="password"></form>' + b"<p>x</p>"),
    "GET /sida ": reply(b"<!doctype html><html><body><p>Hej</p></body></html>"),
    "GET /nere ": reply(status="503 Down"),
    "GET /robots.txt ": reply(b"User-agent: *\nDisallow: /hemligt\n", headers=TEXT),
    "GET /seminarium/1 ": reply(b'<p>{"title": "Ett"}</p>'),
    "GET /seminarium/2 ": reply(b'<p>{"title": "Tv\xc3\xa5"}</p>'),
}


def answer(connection: socket.socket, head: str) -> None:
    for start, page in PAGES.items():
        if head.startswith(start):
            connection.sendall(page)
            return
    connection.sendall(reply(status="404 Not Found"))


def read_page(file: Path, address: str, _: str) -> SeminarPage:
    """Read pages of this test alone: a paragraph with JSON."""
    text = file.read_text("utf-8").removeprefix("<p>").removesuffix("</p>")
    given = json.loads(text)
    talks = tuple(
        ReadTalk(ReadField(topic), decks=ReadField(tuple(decks))) for topic, decks in given.get("talks", [])
    )
    return SeminarPage(
        address,
        given["title"],
        (SourceBlock(BlockKind.PARAGRAPH, text),),
        events=(ReadEvent(ReadField(given["title"]), talks=talks),),
        seminar_addresses=tuple(given.get("list", ())),
    )


@dataclass
class Site:
    archive: Archive
    server: RawServer
    importing: Importing
    taking: LinkTaking

    def publish(self, **decks: str) -> str:
        """Publish an import with a talk for each deck."""
        talks = [(topic, [self.server.address(path)]) for topic, path in decks.items()]
        body = f"<p>{json.dumps({'title': 'Dag', 'talks': talks})}</p>".encode()
        import_id = self.importing.read_file(GivenBytes(body, "https://f.example/dag"), "eva")
        with self.archive.database.write() as session:
            publish(session, import_id, "eva")
        return import_id

    def links(self, import_id: str) -> Sequence[ImportLink]:
        with self.archive.database.read() as session:
            return links_of(session, import_id)


def services(archive: Archive, database: Database, server: RawServer) -> tuple[Importing, LinkTaking]:
    fetcher = Fetcher(ImportSettings(internal_hosts=(server.named,)), lambda *_: ["127.0.0.1"])
    importing = Importing(database, archive.originals, ImportReading(fetcher, read_page, ()))
    return importing, LinkTaking(database, archive.originals, fetcher, importing, archive.settings, "p/1")


@contextmanager
def opened_site(folder: Path) -> Iterator[Site]:
    with open_archive(Settings(data=folder / "data")) as archive, raw_server(answer) as server:
        yield Site(archive, server, *services(archive, archive.database, server))


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with opened_site(tmp_path) as opened:
        yield opened


def test_decks_are_taken_in_with_their_talks(site: Site) -> None:
    import_id = site.publish(Skog="/ett.txt", Vind="/en.zip")
    assert site.taking.take_all() == 2
    with site.archive.database.read() as session:
        (event,) = events(session, 0)
        by_topic = {record.title: record for record in records_of_event(session, event.id, 0)}
    assert sorted(by_topic) == ["Skog", "Vind"]
    assert by_topic["Skog"].document.version.filename == "ett.txt"
    links = site.links(import_id)
    assert [(link.state, link.is_new) for link in links] == [(LinkState.TAKEN, True)] * 2
    assert {link.document_id for link in links} == {record.document.id for record in by_topic.values()}


def test_what_cannot_be_fetched_is_named_and_nothing_else_is_lost(site: Site) -> None:
    paths = {"Borta": "/borta", "Last": "/last", "Inlogg": "/inlogg", "Sida": "/sida", "Skog": "/ett.txt"}
    import_id = site.publish(**paths)
    site.taking.take_all()
    assert {link.link.title: link.code for link in site.links(import_id)} == {
        "Borta": "dead_link",
        "Last": "sign_in_needed",
        "Inlogg": "sign_in_needed",
        "Sida": "wrong_type",
        "Skog": "",
    }
    with site.archive.database.read() as session:
        (event,) = events(session, 0)
        assert len(talks_of_event(session, event.id, 0)) == 5


def test_a_site_that_is_down_is_asked_again_later_and_given_up_after_four_times(site: Site) -> None:
    import_id = site.publish(Nere="/nere")
    for attempt in range(1, 5):
        assert site.taking.take_all() == 1
        (link,) = site.links(import_id)
        assert (link.attempts, link.code) == (attempt, "site_down")
        assert link.state is (LinkState.FAILED if attempt == 4 else LinkState.WAITING)
        assert site.taking.take_all() == 0
        with site.archive.database.write() as session:
            session.execute(update(ImportLinkRow).values(retry_at=datetime.now(UTC)))


def test_a_file_that_a_killed_process_had_taken_in_is_not_taken_twice_and_goes_with_the_import(
    site: Site,
) -> None:
    """The process ended after the document was acknowledged and before the link was noted."""
    import_id = site.publish(Skog="/ett.txt")
    later = datetime.now(UTC) + timedelta(hours=1)
    with site.archive.database.write() as session:
        leased = lease_link(session, "dead/1", datetime.now(UTC), 60)
    assert leased is not None
    site.taking.taken(leased)
    assert site.taking.take_all() == 0, "it is leased"
    with site.archive.database.write() as session:
        session.execute(update(ImportLinkRow).values(leased_until=later - timedelta(hours=2)))
    assert site.taking.take_all() == 1
    with site.archive.database.write() as session:
        (event,) = events(session, 0)
        (record,) = records_of_event(session, event.id, 0)
        outcome = undo_import(session, import_id, "eva")
    assert outcome.withdrawn == (record.document.id,)


def test_a_document_that_the_archive_had_stays_when_the_import_is_taken_back(site: Site) -> None:
    first = site.publish(Skog="/ett.txt")
    site.taking.take_all()
    body = json.dumps({"title": "Annan dag", "talks": [("Skog igen", [site.server.address("/ett.txt")])]})
    given = GivenBytes(f"<p>{body}</p>".encode(), "https://f.example/annan")
    second = site.importing.read_file(given, "eva")
    with site.archive.database.write() as session:
        publish(session, second, "eva")
    site.taking.take_all()
    (link,) = site.links(second)
    assert (link.state, link.is_new) == (LinkState.TAKEN, False)
    assert link.document_id == site.links(first)[0].document_id
    with site.archive.database.write() as session:
        assert undo_import(session, second, "eva").withdrawn == ()


def test_the_seminars_of_a_list_are_imports_of_their_own_as_far_as_the_site_allows(site: Site) -> None:
    paths = ("/seminarium/1", "/seminarium/2", "/hemligt/3", "/finns-inte")
    body = json.dumps({"title": "Alla", "list": [site.server.address(path) for path in paths]})
    import_id = site.importing.read_file(GivenBytes(f"<p>{body}</p>".encode()), "eva")
    assert site.importing.take_list(import_id, ()) == 4
    site.taking.take_all()
    links = site.links(import_id)
    assert [link.code for link in links] == ["", "", "robots_forbid", "dead_link"]
    with site.archive.database.read() as session:
        assert find_import(session, links[0].document_id).title == "Ett"
        assert len(imports(session, 10)) == 3
    assert not any("/hemligt" in head for head in site.server.requests)
    site.importing.take_list(import_id, [links[1].link.address])
    site.taking.take_all()
    with site.archive.database.read() as session:
        assert len(imports(session, 10)) == 3, "the same page again is the same import"


def test_the_same_page_again_is_the_same_import_and_keeps_what_staff_have_typed(site: Site) -> None:
    address = site.server.address("/seminarium/1")
    import_id = site.importing.read_address(address, "eva")
    with site.archive.database.write() as session:
        draft = find_import(session, import_id).draft
        event = replace(draft.events[0], place="Falun")
        save_draft(session, import_id, replace(draft, events=(event,)))
    assert site.importing.read_address(address, "bo") == import_id
    with site.archive.database.read() as session:
        assert find_import(session, import_id).draft.events[0].place == "Falun"
