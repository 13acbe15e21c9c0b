"""A seminar's page becomes its records: scripted corrections with clicks counted, keyboard, phone, axe."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from archive.app import Archive, open_archive
from archive.catalogue.events.events import events, talks_of_event
from archive.catalogue.imports.imports import find_import
from archive.catalogue.imports.links import links_of
from archive.catalogue.records import records_of_event
from archive.model.accounts import Role
from archive.model.seminar_pages.imports import LinkState
from archive.settings.imports import ImportSettings
from archive.settings.sections import WebSettings
from archive.settings.settings import Settings
from archive.web.factory import create_app
from archive.web.server.listen import listen
from tests.imports.fetching.raw_server import RawServer, raw_server, reply
from tests.waiting import HANG_S, wait_until
from tests.web.browser.test_axe import ALL, OVERFLOW, violations
from tests.web.browsing import TIMEOUT_MS
from tests.web.people import window_state

pytestmark = [pytest.mark.browser, pytest.mark.long]

CLICKS_MAX = 25
_PHONE, _DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
_TALKS = (
    ("Carina Åkerberg", "strateg", "Region Gävleborg", "Strategi för industriell omvandling"),
    ("Lisa Virén", "utvecklingsledare", "Region Örebro län", "Smart specialisering i praktiken"),
    ("Anders Holm", "forskare", "Linköpings universitet", "Vätgas i stålverken"),
    ("Maja Ekström", "näringslivschef", "Falu kommun", "Kompetens som flaskhals"),
    ("Per Nordin", "vd", "Stålbolaget AB", "Elnätet räcker inte"),
    ("Sara Lind", "utredare", "Tillväxtverket", "Vad fonderna kan göra"),
)


def seminar_page(seminar: str) -> bytes:
    items = "".join(
        f"<li><strong>{topic}</strong><br>{name}, {role}, {organisation} "
        f'<a href="/bilder/{seminar}-{n}.pptx">Presentation</a></li>'
        for n, (name, role, organisation, topic) in enumerate(_TALKS, 1)
    )
    text = (
        "<!doctype html><html lang=sv><head><meta charset=utf-8><title>Smart industri – Föreningen</title>"
        "</head><body><nav><a href=/>Hem</a></nav><main><h1>Seminarium: Smart industri</h1>"
        "<p>Den 19 maj 2022 samlades vi i Falun i samband med årsmötet.</p>"
        f"<h2>Program</h2><ul>{items}</ul></main></body></html>"
    )
    return text.encode()


def answer(connection: socket.socket, head: str) -> None:
    path = head.split(" ")[1]
    if path.startswith("/seminarier/"):
        connection.sendall(
            reply(seminar_page(path[12:]), headers=("Content-Type: text/html; charset=utf-8",))
        )
    elif path.startswith("/bilder/") and not path.endswith("-6.pptx"):
        number = int(path[-6])
        words = f"Bilderna {path}: {_TALKS[number - 1][3]}\n".encode() * 3
        connection.sendall(reply(words, headers=("Content-Type: text/plain",)))
    else:
        connection.sendall(reply(status="404 Not Found"))


@pytest.fixture(scope="module")
def source() -> Iterator[RawServer]:
    with raw_server(answer) as server:
        yield server


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, source: RawServer) -> Iterator[Archive]:
    hosts = ImportSettings(internal_hosts=(f"127.0.0.1:{source.port}",))
    settings = Settings(data=tmp_path_factory.mktemp("imports") / "data", imports=hosts)
    with open_archive(settings) as opened:
        yield opened


@pytest.fixture(scope="module")
def site(archive: Archive) -> Iterator[str]:
    from archive.ingest.progress import Silent

    server = listen(create_app(archive), WebSettings(), "127.0.0.1", 0)
    thread = threading.Thread(target=server.run, daemon=True)
    with ExitStack() as stack:
        stack.enter_context(archive.workers(Silent()))
        thread.start()
        yield f"http://127.0.0.1:{server.port}"
        server.stop()
        thread.join(timeout=HANG_S)
        server.close()


@pytest.fixture(scope="module")
def state(archive: Archive) -> Any:
    """The cookies of somebody of staff who has signed in."""
    return window_state(archive, "anna@example.org", Role.STAFF)


def opened(chromium: Browser, site: str, state: Any, **options: Any) -> Page:
    context = chromium.new_context(base_url=site, storage_state=state, **options)
    context.set_default_timeout(TIMEOUT_MS)
    context.add_init_script(
        "addEventListener('click', (e) => { if (e.isTrusted && e.detail)"
        " sessionStorage.clicks = 1 + Number(sessionStorage.clicks ?? 0); }, true)"
    )
    return context.new_page()


def clicks(page: Page) -> int:
    return int(page.evaluate("Number(sessionStorage.clicks ?? 0)"))


@pytest.fixture
def desk(chromium: Browser, site: str, state: Any) -> Iterator[Page]:
    page = opened(chromium, site, state, viewport=_DESK)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    page.context.close()
    assert said == []


def begin(page: Page, source: RawServer, name: str) -> str:
    """Have a page of its own read for a test, and return the import's identifier."""
    page.goto("/staff/imports")
    page.get_by_label("Adress").click()
    page.get_by_label("Adress").fill(f"http://127.0.0.1:{source.port}/seminarier/{name}")
    page.get_by_role("button", name="Läs", exact=True).click()
    page.wait_for_url("**/staff/imports/*")
    return page.url.rpartition("/")[2]


def event_of(archive: Archive, import_id: str) -> str:
    with archive.database.read() as session:
        return find_import(session, import_id).draft.events[0].event_id


def correct(page: Page, name: str, value: str) -> None:
    """Put one field right where it is not, by a click and typing."""
    field = page.locator(f"[name='{name}']")
    if field.input_value() != value:
        field.click()
        field.fill(value)


def test_a_seminar_of_six_talks_is_imported_with_few_clicks_and_taken_back(
    archive: Archive, desk: Page, source: RawServer
) -> None:
    import_id = begin(desk, source, "klick")
    correct(desk, "e0.title", "Smart industri")
    correct(desk, "e0.starts_on", "2022-05-19")
    correct(desk, "e0.place", "Falun")
    for n, (name, role, organisation, topic) in enumerate(_TALKS):
        correct(desk, f"e0.t{n}.topic", topic)
        correct(desk, f"e0.t{n}.s0.name", name)
        correct(desk, f"e0.t{n}.s0.role", role.capitalize())
        correct(desk, f"e0.t{n}.s0.organisation", organisation)
    desk.get_by_role("button", name="Publicera", exact=True).click()
    expect(desk.get_by_text("Publicerat. Bildspelen hämtas")).to_be_visible()
    assert clicks(desk) <= CLICKS_MAX

    def ended() -> bool:
        with archive.database.read() as session:
            links = links_of(session, import_id)
        return len(links) == 6 and all(link.state is not LinkState.WAITING for link in links)

    wait_until(ended, "all decks are fetched or named")
    expect(desk.get_by_text("Kunde inte hämtas")).to_have_count(1)
    event_id = event_of(archive, import_id)
    with archive.database.read() as session:
        topics = [talk.topic for talk in talks_of_event(session, event_id, 0)]
        assert topics == [talk[3] for talk in _TALKS]
        assert len(records_of_event(session, event_id, 0)) == 5
    desk.goto(f"/e/{event_id}")
    expect(desk.get_by_role("link", name="Carina Åkerberg")).to_be_visible()
    desk.goto(f"/staff/imports/{import_id}")
    desk.get_by_role("link", name="Ångra importen …").click()
    desk.get_by_role("button", name="Ångra importen").click()
    expect(desk.get_by_text("Importen är ångrad.")).to_be_visible()
    with archive.database.read() as session:
        assert event_id not in {event.id for event in events(session, 2)}


def test_the_focused_fields_passage_is_marked_and_unsure_ones_are_reached_by_keyboard(
    desk: Page, source: RawServer, archive: Archive
) -> None:
    begin(desk, source, "tangent")
    desk.locator("[name='e0.t0.s0.name']").focus()
    mark = desk.get_by_role("region", name="Sidan", exact=True).locator("mark")
    expect(mark).to_have_text("Carina Åkerberg")
    desk.locator("[name='e0.t1.topic']").focus()
    expect(mark).to_have_text("Smart specialisering i praktiken")
    # An unsure field is made, so that the test does not hang on what the reader is sure of.
    desk.evaluate("""() => { for (const field of document.querySelectorAll("[data-unsure]")) {
        field.removeAttribute("data-unsure"); } for (const name of ["e0.place", "e0.t2.topic"]) {
        document.getElementsByName(name)[0].setAttribute("data-unsure", ""); } }""")
    desk.locator("[name='e0.title']").focus()
    for name in ("e0.place", "e0.t2.topic", "e0.place"):
        desk.keyboard.press("F6")
        expect(desk.locator(f"[name='{name}']")).to_be_focused()
    desk.keyboard.press("Enter")
    expect(desk.locator("[name='e0.t2.topic']")).to_be_focused()
    expect(desk.locator("[data-unsure-count]")).to_have_text("1 osäker uppgift")
    desk.keyboard.press("Enter")
    expect(desk.locator("[data-unsure-count]")).to_have_text("Inget är osäkert")
    expect(desk.get_by_role("button", name="Publicera")).to_be_focused()
    assert desk.url.rpartition("/")[2].isalnum(), "Enter sends nothing"


@pytest.mark.parametrize("viewport", [_DESK, _PHONE], ids=["desk", "phone"])
def test_the_pages_have_no_barrier(
    chromium: Browser, site: str, state: Any, source: RawServer, viewport: Any
) -> None:
    page = opened(chromium, site, state, viewport=viewport)
    page.goto("/staff/imports")
    assert violations(page, ALL) == []
    begin(page, source, "axe")
    assert violations(page, ALL) == []
    assert page.evaluate(OVERFLOW) <= 0
    page.context.close()


def test_without_javascript_all_can_be_done(
    chromium: Browser, site: str, state: Any, source: RawServer, archive: Archive
) -> None:
    page = opened(chromium, site, state, java_script_enabled=False, viewport=_PHONE)
    import_id = begin(page, source, "utan")
    page.get_by_role("button", name="Ta bort – Vätgas i stålverken").click()
    page.get_by_role("button", name="Lägg till ett föredrag").click()
    page.locator("[name='e0.t5.topic']").fill("Avslutning")
    page.get_by_role("button", name="Upp – Avslutning").or_(
        page.get_by_role("button", name="Upp – Föredrag 6")
    ).first.click()
    page.get_by_role("button", name="Publicera", exact=True).click()
    expect(page.get_by_text("Publicerat.")).to_be_visible()
    event_id = event_of(archive, import_id)
    with archive.database.read() as session:
        topics = [talk.topic for talk in talks_of_event(session, event_id, 0)]
    assert topics[4:] == ["Avslutning", "Vad fonderna kan göra"], json.dumps(topics)
    page.context.close()


def test_the_page_of_a_reading_says_by_itself_why_it_failed_and_tries_again(
    desk: Page, source: RawServer
) -> None:
    desk.goto("/staff/imports")
    desk.get_by_label("Adress").fill(f"http://127.0.0.1:{source.port}/finns-inte")
    desk.get_by_label("Adress").press("Enter")
    expect(desk.get_by_role("status").filter(has_text="Kunde inte läsas")).to_be_visible()
    desk.get_by_role("button", name="Försök igen").focus()
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("status").filter(has_text="Kunde inte läsas")).to_be_visible()
    assert "/readings/" in desk.url
