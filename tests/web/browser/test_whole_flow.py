"""From a one-time link to a deck that a visitor finds: by the keyboard alone, as wide as a phone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from archive.model.accounts import Role
from archive.web.factory import create_app
from tests.web.browser.test_axe import OVERFLOW
from tests.web.browsing import SIZES, TIMEOUT_MS, chromium, said, steps_done
from tests.web.people import PASSWORD, add_person
from tests.web.uploading import UploadSite, upload_site

__all__ = ["chromium"]

pytestmark = [pytest.mark.browser, pytest.mark.long]

SAMPLES = Path(__file__).parents[3] / "samples" / "seminar"
FILES = sorted([*SAMPLES.glob("*.pptx"), *SAMPLES.glob("*.pdf")])
_STOPS_MAX = 200
# What has the focus: the words of a link or a button, the name of a field.
_IN_FOCUS = """() => {
  const one = document.activeElement;
  return one.labels?.[0]?.textContent.trim() ?? one.textContent.trim();
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[UploadSite]:
    with upload_site(tmp_path_factory.mktemp("flow") / "data") as served:
        yield served


@pytest.fixture
def phone(chromium: Browser, site: UploadSite) -> Iterator[Page]:
    size = SIZES["phone"]
    context = chromium.new_context(
        base_url=site.address.replace("127.0.0.1", "localhost"),
        viewport={"width": size["width"], "height": size["height"]},
    )
    context.set_default_timeout(TIMEOUT_MS)
    yield context.new_page()
    context.close()


def go_to(page: Page, words: str) -> None:
    """Go on with the tab key until what begins with these words has the focus."""
    for _ in range(_STOPS_MAX):
        page.keyboard.press("Tab")
        if str(page.evaluate(_IN_FOCUS)).startswith(words):
            assert page.evaluate(OVERFLOW) <= 0, "the page scrolls sideways"
            return
    raise AssertionError(f"the tab key never came to {words}")


def press(page: Page, words: str) -> None:
    """Go to a link or a button, and press it."""
    go_to(page, words)
    page.keyboard.press("Enter")


def test_decks_come_from_the_link_to_the_visitor_by_keyboard_on_a_phone(
    phone: Page, site: UploadSite
) -> None:
    phone.goto(add_person(site.archive, "anna@example.org", Role.STAFF))
    go_to(phone, "Nytt lösenord")
    phone.keyboard.type(PASSWORD)
    phone.keyboard.press("Enter")
    phone.wait_for_url(lambda address: "/link/" not in address)
    press(phone, "Personal")
    expect(phone.locator("h1")).to_have_text("Personal")
    go_to(phone, "Filer")
    picker = phone.evaluate_handle("document.activeElement").as_element()
    assert picker
    picker.set_input_files(FILES)
    for file in FILES:
        row = phone.locator("[data-row]").filter(has_text=file.name)
        expect(steps_done(row, "sökbar")).to_have_count(1)
    deck = phone.locator("[data-row]").filter(has_text=FILES[0].name)
    title = deck.locator("[data-key$='-open']").inner_text()
    phone.reload()
    press(phone, "Sidor för personal")
    press(phone, "Utkast")
    expect(phone.get_by_role("main").get_by_role("heading", level=2)).to_have_count(len(FILES))
    press(phone, title)
    expect(phone.locator("#warnings")).to_be_visible()
    expect(
        phone.get_by_role("region", name="Att se över").get_by_role("heading", level=3).first
    ).to_be_visible()
    document = phone.url.rpartition("/")[2]
    visitor = create_app(site.archive).test_client()
    assert visitor.get(f"/d/{document}").status_code == 404
    press(phone, "Publicera")
    expect(said(phone, "Publicerat")).to_be_visible()
    site.archive.indexer.catch_up()
    assert visitor.get(f"/d/{document}").status_code == 200
    assert document in visitor.get("/api/search", query_string={"q": title}).text
