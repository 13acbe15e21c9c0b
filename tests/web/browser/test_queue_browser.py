"""Five drafts leave the review queue by keyboard alone, without JavaScript; its page has no violation."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from archive.app import Archive
from archive.model.accounts import Role
from archive.settings.sections import WebSettings
from archive.web.factory import create_app
from archive.web.http.signed_in import COOKIE
from archive.web.server.listen import listen
from tests.filled_archive import opened, slide
from tests.waiting import HANG_S
from tests.web.browser.test_axe import ALL, OVERFLOW, violations
from tests.web.browsing import TIMEOUT_MS, said
from tests.web.people import session_cookie
from tests.web.views.test_publishing import add_draft

pytestmark = [pytest.mark.browser, pytest.mark.long]

_STOPS_MAX = 40
METALS = {
    "Järnmalm": "Kiruna bryter under jord och skickar pellets till hamnen i Narvik",
    "Koppar": "Falu gruva stängde 1992 men staden lever av besökare sedan dess",
    "Zinkoxid": "Smältverk kräver mycket el när priserna stiger om vintern",
    "Batterier": "Forskare från Luleå visar hur litium återvinns ur gamla bilar",
    "Silver": "Kommunen frågar vem som betalar för dammar efter nedläggning",
}


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with opened(tmp_path) as archive:
        yield archive


@pytest.fixture
def site(archive: Archive) -> Iterator[str]:
    server = listen(create_app(archive), WebSettings(), "127.0.0.1", 0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.stop()
    thread.join(timeout=HANG_S)
    server.close()


def opened_page(chromium: Browser, archive: Archive, site: str, has_scripts: bool) -> Page:
    context = chromium.new_context(
        base_url=site,
        reduced_motion="reduce",
        java_script_enabled=has_scripts,
        viewport={"width": 1200, "height": 900},
    )
    context.set_default_timeout(TIMEOUT_MS)
    token = session_cookie(archive, Role.STAFF)["Cookie"].partition("=")[2]
    place = site.replace("http:", "https:")
    context.add_cookies([{"name": COOKIE, "value": token, "url": place, "secure": True}])
    return context.new_page()


def test_five_drafts_are_published_by_keyboard_alone(chromium: Browser, archive: Archive, site: str) -> None:
    made = [add_draft(archive, slide(title, text), name=title) for title, text in METALS.items()]
    page = opened_page(chromium, archive, site, has_scripts=False)
    page.goto("/staff/queue?missing=draft")
    expect(page.get_by_role("button", name="Nästa")).to_be_focused()
    for metal in METALS:
        page.keyboard.press("Enter")
        expect(page.locator("#title")).to_be_focused()
        expect(page.locator("#title")).to_have_value(metal)
        page.keyboard.press("Tab")
        page.keyboard.type("2022-05-04")
        page.keyboard.press("Tab")
        page.keyboard.type("Eva Ek; vd; Gruv AB")
        page.keyboard.press("Tab")
        page.keyboard.type("Dalarnas län")
        _tab_to(page, "Publicera")
        page.keyboard.press("Enter")
        expect(said(page, "Publicerat.")).to_have_text("Publicerat.")
        expect(page.get_by_role("button", name="Publicera")).to_have_count(0)
        expect(page.get_by_role("button", name="Nästa")).to_be_focused()
    page.keyboard.press("Enter")
    expect(said(page, "inget mer att ta")).to_be_visible()
    page.goto("/staff/queue")
    expect(page.locator("main")).to_contain_text("Inget väntar.")
    visitor = create_app(archive).test_client()
    assert [visitor.get(f"/d/{document}").status_code for document in made] == [200] * len(METALS)
    page.context.close()


def test_page_has_no_violation_and_fits_a_phone(chromium: Browser, archive: Archive, site: str) -> None:
    add_draft(archive, slide("Guld", "Ring 070-123 45 67"), name="guld")
    add_draft(archive, slide("Platina", "Om platina"), name="platina")
    page = opened_page(chromium, archive, site, has_scripts=True)
    page.goto("/en/staff/queue")
    page.get_by_role("button", name="Next").click()
    page.get_by_label("Title", exact=True).fill("")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#title-error")).to_be_visible()
    assert violations(page, ALL) == []
    page.set_viewport_size({"width": 360, "height": 740})
    assert violations(page, ALL) == []
    assert page.evaluate(OVERFLOW) <= 0
    page.context.close()


def _tab_to(page: Page, words: str) -> None:
    """Go on with the tab key until the button with these words is in focus."""
    button = page.get_by_role("button", name=words, exact=True)
    for _ in range(_STOPS_MAX):
        page.keyboard.press("Tab")
        if button.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"the tab key never came to {words}")
