"""Records in a browser: by keyboard, by mouse, without JavaScript, in two windows at once, and by axe."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from archive.app import Archive
from archive.catalogue.editing.fields import TalkFields
from archive.catalogue.editing.talk_order import talk_order
from archive.catalogue.editing.talks import create
from archive.catalogue.events.save_event import save_event
from archive.model.accounts import Role
from archive.settings.sections import WebSettings
from archive.web.factory import create_app
from archive.web.server.listen import listen
from tests.catalogue.conftest import SEMINAR
from tests.filled_archive import add, opened, slide
from tests.waiting import HANG_S
from tests.web.browser.test_axe import _COLOURS, _SIZES, ALL, OVERFLOW, SCRIPT, TWICE_THE_TEXT, violations
from tests.web.browsing import TIMEOUT_MS, said
from tests.web.people import session_cookie

pytestmark = [pytest.mark.browser, pytest.mark.long]

_PHONE, _DESK = {"width": 360, "height": 740}, {"width": 1200, "height": 900}
_NARROW = {"width": 320, "height": 640}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with opened(tmp_path_factory.mktemp("records")) as archive:
        yield archive


@pytest.fixture(scope="module")
def site(archive: Archive) -> Iterator[str]:
    server = listen(create_app(archive), WebSettings(), "127.0.0.1", 0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.stop()
    thread.join(timeout=HANG_S)
    server.close()


@pytest.fixture
def event(archive: Archive) -> str:
    """A seminar of three talks, made anew for each test."""
    with archive.database.write() as session:
        saved = save_event(session, SEMINAR, "test")
        ids = talk_order(session, saved.event_id)
        for topic in ("Tredje",) if len(ids) < 3 else ():
            create(session, TalkFields(topic, saved.event_id), "test")
    return saved.event_id


def window(chromium: Browser, archive: Archive, site: str, **options: Any) -> BrowserContext:
    """Open a window in which somebody of staff has signed in."""
    context = chromium.new_context(base_url=site, reduced_motion="reduce", **options)
    name, _, value = session_cookie(archive, Role.STAFF)["Cookie"].partition("=")
    context.add_cookies(
        [{"name": name, "value": value, "domain": "127.0.0.1", "path": "/", "secure": True, "httpOnly": True}]
    )
    context.set_default_timeout(TIMEOUT_MS)
    return context


def programme(page: Page) -> Locator:
    """Return the talks of the programme."""
    return page.get_by_role("region", name="Program", exact=True).get_by_role("listitem")


def topics(page: Page) -> list[str]:
    """Return the topics of the programme as the page shows them."""
    return programme(page).get_by_role("link").all_inner_texts()


def press(page: Page, *names: str) -> None:
    """Go on with the tab key to the button of a name, and press it; for each name in turn."""
    for name in names:
        for _ in range(150):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.textContent.trim().replace(/\\s+/g, ' ')") == name:
                break
        else:
            raise AssertionError(f"the tab key never came to {name}")
        page.keyboard.press("Enter")


def test_event_is_put_right_and_its_talks_ordered_by_keyboard_alone(
    chromium: Browser, archive: Archive, site: str, event: str
) -> None:
    context = window(chromium, archive, site, viewport=_DESK)
    page = context.new_page()
    page.goto(f"/e/{event}")
    press(page, "Redigera")
    expect(page.get_by_label("Titel")).to_have_value(SEMINAR.title)
    page.get_by_label("Börjar").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("maj")
    page.keyboard.press("Tab")
    expect(page.locator("#starts-error")).to_contain_text("Skriv en dag, en månad eller ett år")
    page.keyboard.press("Shift+Tab")
    page.keyboard.type("2022-05")
    expect(page.locator("#starts-error")).to_be_hidden()
    page.get_by_label("Slutar").focus()
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    page.keyboard.press("Enter")
    expect(said(page, "Sparat.")).to_be_visible()
    before = topics(page)
    press(page, f"Ner – {before[0]}")
    expect(page.locator("[data-order-said]")).to_contain_text("nu nummer 2 av 3")
    page.keyboard.press("Enter")
    expect(page.locator("[data-order-said]")).to_contain_text("nu nummer 3 av 3")
    assert topics(page) == [*before[1:], before[0]]
    page.reload()
    assert topics(page) == [*before[1:], before[0]]
    context.close()


def test_talks_are_dragged_and_the_order_is_kept(
    chromium: Browser, archive: Archive, site: str, event: str
) -> None:
    context = window(chromium, archive, site, viewport=_DESK)
    page = context.new_page()
    page.goto(f"/staff/events/{event}")
    before = topics(page)
    rows = programme(page)
    rows.nth(2).drag_to(rows.nth(0), target_position={"x": 20, "y": 2})
    expect(page.locator("[data-order-said]")).to_contain_text("nu nummer 1 av 3")
    page.reload()
    assert topics(page) == [before[2], *before[:2]]
    context.close()


def test_without_javascript_on_a_phone_talks_move_and_a_speaker_is_added(
    chromium: Browser, archive: Archive, site: str, event: str
) -> None:
    context = window(chromium, archive, site, viewport=_PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"/staff/events/{event}")
    before = topics(page)
    page.get_by_role("button", name=f"Upp – {before[1]}").click()
    expect(said(page, "Ordningen är sparad.")).to_be_visible()
    assert topics(page)[:2] == before[1::-1]
    page.get_by_role("link", name=before[0], exact=True).click()
    page.get_by_role("button", name="Lägg till en talare").click()
    page.get_by_role("group", name="Talare 2").get_by_label("Namn").fill("Ny Talare")
    page.get_by_role("button", name="Spara", exact=True).last.click()
    expect(said(page, "Sparat.")).to_be_visible()
    context.close()


def test_two_windows_edit_one_talk_and_nobodys_words_are_lost(
    chromium: Browser, archive: Archive, site: str, event: str
) -> None:
    eva, kim = (window(chromium, archive, site, viewport=size) for size in (_DESK, _PHONE))
    of_eva, of_kim = eva.new_page(), kim.new_page()
    with archive.database.read() as session:
        talk = talk_order(session, event)[0]
    for page in (of_eva, of_kim):
        page.goto(f"/staff/talks/{talk}")
    of_kim.get_by_label("Ämne").fill("Kims ämne")
    of_kim.get_by_label("Sammanfattning").fill("Kims sammanfattning")
    of_kim.get_by_role("button", name="Spara", exact=True).last.click()
    expect(said(of_kim, "Sparat.")).to_be_visible()
    of_eva.get_by_label("Ämne").fill("Evas ämne")
    of_eva.get_by_role("button", name="Spara", exact=True).last.click()
    expect(of_eva.get_by_role("alert")).to_contain_text("Staff ändrade")
    expect(of_eva.get_by_role("group", name="Ämne")).to_contain_text("Kims ämne")
    assert violations(of_eva, ALL) == []
    of_eva.get_by_role("group", name="Ämne").get_by_label("Du:").check()
    of_eva.get_by_role("button", name="Spara", exact=True).click()
    expect(of_eva.get_by_label("Ämne")).to_have_value("Evas ämne")
    expect(of_eva.get_by_label("Sammanfattning")).to_have_value("Kims sammanfattning")
    eva.close()
    kim.close()


def test_preview_opens_beside_the_form(chromium: Browser, archive: Archive, site: str, event: str) -> None:
    context = window(chromium, archive, site, viewport=_DESK)
    page = context.new_page()
    page.goto(f"/staff/events/{event}")
    page.get_by_label("Titel").fill("Inte sparat än")
    with context.expect_page() as opening:
        page.get_by_role("button", name="Förhandsgranska").click()
    preview = opening.value
    expect(preview.get_by_role("heading", level=1)).to_have_text("Inte sparat än")
    expect(preview.get_by_label("Förhandsgranskning")).to_contain_text("Inget är sparat")
    assert violations(preview, ALL) == []
    context.close()


def test_pages_have_no_violation_however_they_are_looked_at(
    chromium: Browser, archive: Archive, site: str, event: str
) -> None:
    document = add(archive, "axe", slide("Gruvan"), slide("Stålet"))
    with archive.database.read() as session:
        talk = talk_order(session, event)[0]
    context = window(chromium, archive, site)
    context.add_init_script(SCRIPT)
    page = context.new_page()
    found: dict[str, list[str]] = {}
    addresses = (
        "/staff/records",
        f"/staff/events/{event}",
        "/en/staff/events/new",
        f"/staff/talks/{talk}",
        "/staff/focus-areas/new",
        f"/staff/documents/{document}/slides",
        "/staff/withdrawn",
    )
    for address in addresses:
        page.set_viewport_size(_DESK)  # type: ignore[arg-type] # a dict of its two keys
        page.emulate_media(color_scheme="light", forced_colors="none")
        page.goto(address)
        found[f"{address} light"] = violations(page, ALL)
        page.emulate_media(color_scheme="dark")
        found[f"{address} dark"] = violations(page, _COLOURS)
        page.emulate_media(color_scheme="light", forced_colors="active")
        found[f"{address} forced colours"] = violations(page, _COLOURS)
        page.emulate_media(forced_colors="none")
        page.set_viewport_size(_NARROW)  # type: ignore[arg-type]
        found[f"{address} 320 px"] = violations(page, ALL)
        assert page.evaluate(OVERFLOW) <= 0, address
        page.set_viewport_size(_DESK)  # type: ignore[arg-type]
        page.evaluate(TWICE_THE_TEXT)
        found[f"{address} 200 %"] = violations(page, _SIZES)
        assert page.evaluate(OVERFLOW) <= 0, address
    context.close()
    assert {look: what for look, what in found.items() if what} == {}
