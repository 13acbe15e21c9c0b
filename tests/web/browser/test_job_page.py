"""The page of jobs refreshes itself and leaves focus, selected text and the place on the page alone."""

import threading
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from archive.app import Archive, open_archive
from archive.catalogue.operation import failed
from archive.model.accounts import Role
from archive.model.extraction import Outcome
from archive.settings.sections import WebSettings
from archive.settings.settings import Settings
from archive.web.factory import create_app
from archive.web.server.listen import listen
from tests.catalogue.operation.planted import end
from tests.waiting import HANG_S
from tests.web.browser.test_axe import OVERFLOW
from tests.web.browsing import TIMEOUT_MS
from tests.web.people import window_state

pytestmark = pytest.mark.browser

# A second copy of the page is read at once instead of after five seconds.
_REFRESH = """async () => {
  const script = document.querySelector('script[src*="refresh"]').src;
  const { refreshFrom } = await import(script);
  const answer = await fetch(location.href);
  return refreshFrom(new DOMParser().parseFromString(await answer.text(), "text/html"));
}"""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with open_archive(Settings(data=tmp_path_factory.mktemp("jobs") / "data")) as opened:
        yield opened


@pytest.fixture(scope="module")
def documents(archive: Archive) -> list[str]:
    with archive.database.write() as session:
        return [
            end(session, f"/in/{category.value}-{'långt_filnamn_' * 8}.pdf", category)
            for category in Outcome
            if category is not Outcome.OK
        ]


@pytest.fixture(scope="module")
def context(chromium: Browser, archive: Archive, documents: list[str]) -> Iterator[BrowserContext]:
    app = create_app(archive)
    server = listen(app, WebSettings(), "127.0.0.1", 0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    context = chromium.new_context(
        base_url=f"http://127.0.0.1:{server.port}",
        viewport={"width": 360, "height": 640},
        storage_state=window_state(archive, "kim", Role.STAFF),
    )
    context.set_default_timeout(TIMEOUT_MS)
    yield context
    context.close()
    server.stop()
    thread.join(timeout=HANG_S)
    server.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    yield page
    page.close()


def test_refresh_keeps_focus_selection_and_place(page: Page, archive: Archive, documents: list[str]) -> None:
    page.goto("/staff/jobs")
    row = page.locator(f"#row-{documents[-1]}")
    again = row.get_by_role("button")
    again.focus()
    page.evaluate("id => getSelection().selectAllChildren(document.getElementById(id))", "head-damaged")
    top = again.bounding_box()
    assert top is not None
    with archive.database.write() as session:
        end(session, "/in/ny.pdf", Outcome.OK_PARTIAL)  # a row above what has the focus
    assert page.evaluate(_REFRESH)
    expect(page.locator("#outcome-ok_partial")).to_contain_text("ny.pdf")
    expect(again).to_be_focused()
    assert page.evaluate("getSelection().toString()").startswith("Skadad fil")
    moved = again.bounding_box()
    assert moved is not None
    assert abs(moved["y"] - top["y"]) < 2
    with archive.database.write() as session:
        failed.retry_one(session, documents[0], "test")
    assert page.evaluate(_REFRESH)
    expect(page.locator(f"#row-{documents[0]}")).to_contain_text("väntar på ny läsning")


def test_page_refreshes_by_itself_until_it_is_paused(page: Page, archive: Archive) -> None:
    page.clock.install()
    page.goto("/staff/jobs")
    with archive.database.write() as session:
        end(session, "/in/själv.pdf", Outcome.TIMEOUT)
    page.clock.run_for(6_000)
    expect(page.locator("#outcome-timeout")).to_contain_text("själv.pdf")
    pause = page.get_by_role("button", name="Pausa uppdateringen")
    pause.press("Enter")
    expect(pause).to_have_attribute("aria-pressed", "true")
    with page.expect_response("**/staff/jobs") as answered:
        page.get_by_role("link", name="Läs in på nytt").press("Enter")
    assert answered.value.ok


def test_row_is_tried_again_by_keyboard(page: Page, documents: list[str]) -> None:
    page.goto("/staff/jobs")
    page.locator(f"#again-{documents[2]}").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("läses en gång till")


@pytest.mark.parametrize("address", ["/staff/jobs", "/staff/jobs/failed/crash", "log", "/staff/questions"])
def test_page_has_no_violation_and_fits_a_phone(page: Page, documents: list[str], address: str) -> None:
    page.goto(f"/staff/jobs/{documents[-1]}" if address == "log" else address)
    assert page.evaluate(OVERFLOW) <= 0
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found] == []
