"""A speaker merged and taken apart again: on a desk, on a phone, by keyboard alone; and by axe."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from archive.app import Archive
from archive.catalogue.events.people import find_person
from archive.catalogue.events.save_event import save_event
from archive.model.accounts import Role
from archive.settings.sections import WebSettings
from archive.web.factory import create_app
from archive.web.server.listen import listen
from tests.filled_archive import opened
from tests.waiting import HANG_S
from tests.web.browser.test_axe import SCRIPT, looked_at_in_each_way
from tests.web.browsing import TIMEOUT_MS, said
from tests.web.people import window_state
from tests.web.views.names.test_name_pages import SEMINAR

pytestmark = [pytest.mark.browser, pytest.mark.long]

_PHONE, _DESK = {"width": 360, "height": 740}, {"width": 1200, "height": 900}
_STOPS_MAX = 120


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with opened(tmp_path_factory.mktemp("names")) as archive:
        with archive.database.write() as session:
            save_event(session, SEMINAR, "test")
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
def page(chromium: Browser, archive: Archive, site: str) -> Iterator[Page]:
    """A page of somebody of staff who has signed in."""
    state = window_state(archive, "anna@example.org", Role.STAFF)
    context = chromium.new_context(base_url=site, reduced_motion="reduce", storage_state=state)
    context.set_default_timeout(TIMEOUT_MS)
    context.add_init_script(SCRIPT)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("size", [_DESK, _PHONE])
def test_a_speaker_is_merged_and_taken_apart(page: Page, archive: Archive, size: Any) -> None:
    page.set_viewport_size(size)
    page.goto("/staff/people")
    alike = page.get_by_role("region", name="1 par är lika").get_by_role("listitem")
    alike.get_by_role("radio", name="Carina Åkerberg").check()
    alike.get_by_role("button", name="Se vad som flyttas").click()
    expect(page.locator("h1")).to_have_text("Slå ihop till Carina Åkerberg")
    expect(page.locator("main")).to_contain_text("Skog")
    page.get_by_role("button", name="Slå ihop", exact=True).click()
    expect(said(page, "sammanslagna")).to_be_visible()
    page.get_by_role("link", name="Dela igen").click()
    page.get_by_role("button", name="Ångra ändringen").click()
    expect(said(page, "ångrad")).to_be_visible()
    _are_two(archive)


def test_a_speaker_is_merged_and_taken_apart_by_keyboard_alone(page: Page, archive: Archive) -> None:
    page.set_viewport_size(_DESK)  # type: ignore[arg-type] # a dict of its two keys
    page.goto("/staff/people")
    for name in ("Se vad som flyttas", "Slå ihop", "Dela igen", "Ångra ändringen"):
        _tab_to(page, name)
        with page.expect_navigation():
            page.keyboard.press("Enter")
    expect(said(page, "ångrad")).to_be_visible()
    _are_two(archive)


@pytest.mark.parametrize("path", ["/staff/people", "/staff/organisations", "/staff/people/{id}", "merge"])
def test_pages_of_names_have_no_violation(page: Page, archive: Archive, path: str) -> None:
    with archive.database.read() as session:
        one, other = find_person(session, "Carina Åkerberg"), find_person(session, "C. Åkerberg")
    address = f"/staff/people/merge?id={one}&id={other}" if path == "merge" else path.format(id=one)
    assert looked_at_in_each_way(page, address) == {}


def _tab_to(page: Page, name: str) -> None:
    for _ in range(_STOPS_MAX):
        page.keyboard.press("Tab")
        found = str(page.evaluate("document.activeElement.textContent.trim()"))
        is_button = page.evaluate("document.activeElement.matches('main button, main a')")
        if is_button and found.startswith(name.strip()):
            return
    raise AssertionError(f"no Tab reaches {name}")


def _are_two(archive: Archive) -> None:
    with archive.database.read() as session:
        assert find_person(session, "Carina Åkerberg") != find_person(session, "C. Åkerberg")
