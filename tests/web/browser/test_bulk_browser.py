"""Many documents changed and taken back: by keyboard alone, without JavaScript on a phone, and by axe."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from archive.catalogue.records import record
from archive.model.accounts import Role
from archive.settings.sections import WebSettings
from archive.web.factory import create_app
from archive.web.server.listen import listen
from tests.sample_archive import Sample, opened_sample
from tests.waiting import HANG_S
from tests.web.browser.test_axe import ALL, OVERFLOW, TWICE_THE_TEXT, violations
from tests.web.browsing import TIMEOUT_MS, said
from tests.web.people import window_state

pytestmark = [pytest.mark.browser, pytest.mark.long]

_PHONE, _DESK = {"width": 360, "height": 740}, {"width": 1200, "height": 900}
_STOPS_MAX = 160
_COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
_SIZES = {"runOnly": {"type": "rule", "values": ["target-size", "color-contrast"]}}
PLAN = "/staff/bulk?q=gemensam&change=add_region&new_region=SE12"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sample]:
    with opened_sample(tmp_path_factory.mktemp("bulk")) as sample:
        yield sample


@pytest.fixture(scope="module")
def site(sample: Sample) -> Iterator[str]:
    server = listen(create_app(sample.archive), WebSettings(), "127.0.0.1", 0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.stop()
    thread.join(timeout=HANG_S)
    server.close()


@pytest.fixture(scope="module")
def state(sample: Sample) -> Any:
    """The cookies of somebody of staff who has signed in."""
    return window_state(sample.archive, "anna@example.org", Role.STAFF)


def opened_page(chromium: Browser, site: str, state: Any, **options: Any) -> Page:
    context = chromium.new_context(base_url=site, storage_state=state, reduced_motion="reduce", **options)
    context.set_default_timeout(TIMEOUT_MS)
    return context.new_page()


def regions(sample: Sample) -> tuple[str, ...]:
    with sample.archive.database.read() as session:
        talk = record(session, sample.strategy).talk
    assert talk is not None
    return talk.region_codes


def test_region_of_all_results_is_changed_and_undone_by_keyboard_alone(
    chromium: Browser, sample: Sample, site: str, state: Any
) -> None:
    before = regions(sample)
    page = opened_page(chromium, site, state, viewport=_DESK)
    page.goto("/?q=gemensam")
    _tab_to(page, "Markera alla 8 träffar")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Ändra många")
    _tab_to(page, "", "input[name=change]")
    page.keyboard.press("Space")
    _tab_to(page, "", "select[name=new_region]")
    page.keyboard.type("Norra Mell")
    _tab_to(page, "Förhandsvisa")
    page.keyboard.press("Enter")
    expect(page.locator("#plan-head")).to_have_text("Lägg till regionen Norra Mellansverige")
    _tab_to(page, "Ändra 5 poster")
    page.keyboard.press("Enter")
    expect(said(page, "Lägg till regionen Norra Mellansverige")).to_be_visible()
    assert regions(sample) == (*before, "SE31")
    _tab_to(page, "Ångra")
    page.keyboard.press("Enter")
    expect(said(page, "Allt är ångrat")).to_be_visible()
    assert regions(sample) == before
    page.context.close()


@pytest.mark.parametrize("size", [_PHONE, _DESK], ids=["phone", "desk"])
def test_change_is_made_and_undone_without_javascript(
    chromium: Browser, sample: Sample, site: str, state: Any, size: Any
) -> None:
    before = regions(sample)
    page = opened_page(chromium, site, state, viewport=size, java_script_enabled=False)
    page.goto("/?q=gemensam")
    page.get_by_role("link", name="Markera alla 8 träffar").click()
    page.get_by_role("radio", name="Lägg till region").check()
    page.get_by_label("Region att lägga till").select_option("SE12")
    page.get_by_role("button", name="Förhandsvisa").click()
    page.get_by_role("checkbox", name="Undanta Krisplanen").check()
    page.get_by_role("button", name="Undanta de ikryssade").click()
    page.get_by_role("button", name="Ändra 4 poster").click()
    expect(said(page, "(4 poster)")).to_be_visible()
    assert regions(sample) == (*before, "SE12")
    page.get_by_role("button", name="Ångra").click()
    expect(said(page, "Allt är ångrat")).to_be_visible()
    assert regions(sample) == before
    page.context.close()


def test_pages_have_no_violation_and_fit_a_phone(
    chromium: Browser, sample: Sample, site: str, state: Any
) -> None:
    page = opened_page(chromium, site, state, viewport=_DESK)
    for address in ("/staff/bulk", PLAN, f"/en{PLAN}"):
        page.set_viewport_size(_DESK)  # type: ignore[arg-type] # a dict of its two keys
        page.emulate_media(color_scheme="light", forced_colors="none")
        page.goto(address)
        assert violations(page, ALL) == []
        page.emulate_media(color_scheme="dark")
        assert violations(page, _COLOURS) == []
        page.emulate_media(color_scheme="light", forced_colors="active")
        assert violations(page, _COLOURS) == []
        page.emulate_media(forced_colors="none")
        page.set_viewport_size(_PHONE)  # type: ignore[arg-type] # a dict of its two keys
        assert violations(page, ALL) == []
        assert page.evaluate(OVERFLOW) <= 0
        page.set_viewport_size(_DESK)  # type: ignore[arg-type] # a dict of its two keys
        page.evaluate(TWICE_THE_TEXT)
        assert violations(page, _SIZES) == []
        assert page.evaluate(OVERFLOW) <= 0
    page.context.close()


@pytest.mark.parametrize("size", [_PHONE, _DESK], ids=["phone", "desk"])
def test_table_goes_out_comes_in_changed_and_is_undone_without_javascript(
    chromium: Browser, sample: Sample, site: str, state: Any, size: Any, tmp_path: Path
) -> None:
    page = opened_page(chromium, site, state, viewport=size, java_script_enabled=False)
    page.goto("/staff/bulk?q=gemensam")
    with page.expect_download() as begun:
        page.get_by_role("link", name="Hämta som CSV").click()
    lines = begun.value.path().read_text("utf-8-sig").splitlines()
    changed = [line + "Föreningen" if line.startswith(sample.strategy) else line for line in lines]
    file = tmp_path / "ändrad.csv"
    file.write_text("\n".join([*changed, "finnsinte"]), "cp1252")
    page.get_by_role("link", name="Läs in en ändrad CSV-fil").click()
    page.get_by_label("CSV-fil").set_input_files(file)
    page.get_by_role("button", name="Förhandsvisa").click()
    expect(page.get_by_role("table", name="Det som ändras").locator("tbody tr")).to_have_count(1)
    expect(page.get_by_role("list", name="Lämnas som de är")).to_contain_text("inte lika många celler")
    page.get_by_role("button", name="Ändra 1 uppgift").click()
    expect(said(page, "1 uppgift ändrad i en CSV-fil")).to_be_visible()
    assert _publisher(sample) == "Föreningen"
    page.get_by_role("button", name="Ångra").click()
    expect(said(page, "Allt är ångrat")).to_be_visible()
    assert _publisher(sample) == ""
    page.context.close()


def test_preview_of_a_table_has_no_violation_and_fits_a_phone(
    chromium: Browser, sample: Sample, site: str, state: Any
) -> None:
    page = opened_page(chromium, site, state, viewport=_PHONE)
    page.goto("/staff/bulk/table")
    body = f"id;titel;farg\n{sample.strategy};Ny;x\n{sample.export};;x\nfinnsinte;Ny;x\n".encode()
    page.get_by_label("CSV-fil").set_input_files({"name": "a.csv", "mimeType": "text/csv", "buffer": body})
    page.get_by_role("button", name="Förhandsvisa").click()
    refused = page.get_by_role("list", name="Lämnas som de är")
    expect(refused.get_by_role("listitem")).to_have_count(3)
    expect(refused).to_contain_text("Rad 3, titel: titeln får inte vara tom")
    for size in (_PHONE, _DESK):
        page.set_viewport_size(size)  # type: ignore[arg-type] # a dict of its two keys
        assert violations(page, ALL) == []
        assert page.evaluate(OVERFLOW) <= 0
    page.emulate_media(color_scheme="dark")
    assert violations(page, _COLOURS) == []
    page.context.close()


def _publisher(sample: Sample) -> str:
    with sample.archive.database.read() as session:
        return record(session, sample.strategy).document.publisher


def _tab_to(page: Page, words: str, selector: str = "") -> None:
    """Go on with the tab key until something with these words, or that a selector names, is in focus."""
    look = (
        f"document.activeElement.matches({selector!r})"
        if selector
        else f"document.activeElement.textContent.trim() === {words!r}"
    )
    for _ in range(_STOPS_MAX):
        page.keyboard.press("Tab")
        if page.evaluate(look):
            return
    raise AssertionError(f"the tab key never came to {words or selector}")
