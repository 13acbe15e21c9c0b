"""From a draft to a document that a visitor finds: by keyboard, without JavaScript on a phone, by axe."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from archive.app import Archive
from archive.model.accounts import Role
from archive.settings.sections import WebSettings
from archive.web.factory import create_app
from archive.web.server.listen import listen
from tests.filled_archive import opened
from tests.waiting import HANG_S
from tests.web.browser.test_axe import ALL, OVERFLOW, violations
from tests.web.browsing import TIMEOUT_MS, said
from tests.web.people import window_state
from tests.web.views.test_publishing import add_draft

pytestmark = [pytest.mark.browser, pytest.mark.long]

_PHONE, _DESK = {"width": 360, "height": 740}, {"width": 1200, "height": 900}
_STOPS_MAX = 120
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with opened(tmp_path_factory.mktemp("publishing")) as archive:
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


@pytest.fixture(scope="module")
def state(archive: Archive) -> Any:
    """The cookies of somebody of staff who has signed in."""
    return window_state(archive, "anna@example.org", Role.STAFF)


def opened_page(chromium: Browser, site: str, state: Any, **options: Any) -> Page:
    context = chromium.new_context(base_url=site, storage_state=state, reduced_motion="reduce", **options)
    context.set_default_timeout(TIMEOUT_MS)
    return context.new_page()


def test_draft_is_published_by_keyboard_alone(
    chromium: Browser, archive: Archive, site: str, state: Any
) -> None:
    document = add_draft(archive, name="tangentbord")
    page = opened_page(chromium, site, state, viewport=_DESK)
    page.goto("/staff/drafts")
    _tab_to(page, "Malmbanans framtid")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Titel")).to_have_value("Malmbanans framtid")
    _tab_to(page, "Publicera")
    page.keyboard.press("Enter")
    expect(said(page, "Publicerat")).to_be_visible()
    assert finds(archive, "malmbanans", document)
    page.context.close()


def test_without_javascript_on_a_phone_a_slide_is_hidden_and_nothing_typed_is_lost(
    chromium: Browser, archive: Archive, site: str, state: Any
) -> None:
    document = add_draft(archive, name="telefon")
    page = opened_page(chromium, site, state, viewport=_PHONE, java_script_enabled=False)
    page.goto(f"/staff/documents/{document}")
    page.get_by_label("Titel").fill("Halvskriven")
    page.get_by_role("button", name="Dölj bilden").first.click()
    expect(said(page, "dold")).to_be_visible()
    expect(page.get_by_label("Titel")).to_have_value("Halvskriven")
    page.get_by_label("Titel").fill("")
    page.get_by_role("button", name="Publicera").click()
    expect(page.locator("#title-error")).to_have_text("Skriv en titel.")
    page.get_by_label("Titel").fill("Nykterhet")
    page.get_by_role("button", name="Publicera").click()
    expect(said(page, "Publicerat")).to_be_visible()
    assert finds(archive, "nykterhet", document)
    page.context.close()


def test_pages_have_no_violation_and_fit_a_phone(
    chromium: Browser, archive: Archive, site: str, state: Any
) -> None:
    document = add_draft(archive, name="axe")
    page = opened_page(chromium, site, state, viewport=_DESK)
    for address in ("/staff/drafts", f"/staff/documents/{document}", f"/en/staff/documents/{document}"):
        page.set_viewport_size(_DESK)  # type: ignore[arg-type] # a dict of its two keys
        page.emulate_media(color_scheme="light")
        page.goto(address)
        assert violations(page, ALL) == []
        page.emulate_media(color_scheme="dark")
        assert violations(page, COLOURS) == []
        page.set_viewport_size(_PHONE)  # type: ignore[arg-type] # a dict of its two keys
        assert page.evaluate(OVERFLOW) <= 0
    page.emulate_media(color_scheme="light")
    page.get_by_label("Title", exact=True).fill("")
    page.get_by_role("button", name="Publish").click()
    expect(page.locator("#title-error")).to_be_visible()
    assert violations(page, ALL) == []
    page.context.close()


def finds(archive: Archive, word: str, document: str) -> bool:
    """Return whether a visitor who has not signed in finds a document."""
    archive.indexer.catch_up()
    return document in create_app(archive).test_client().get(f"/api/search?q={word}").text


def _tab_to(page: Page, words: str) -> None:
    """Go on with the tab key until something with these words is in focus."""
    for _ in range(_STOPS_MAX):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == words:
            return
    raise AssertionError(f"the tab key never came to {words}")
