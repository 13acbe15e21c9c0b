"""Around in the archive with nothing but the keyboard; the focus is always to be seen."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.addresses import every_page
from tests.web.browsing import SIZES, TIMEOUT_MS
from tests.web.web_archive import Built

pytestmark = [pytest.mark.browser, pytest.mark.long]

_STOPS_MAX = 80
# The element in focus: its words, whether its outline can be seen, and whether what is in focus lies on the
# screen with nothing over its middle.
FOCUS = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect(), style = getComputedStyle(one);
  const rows = one.getClientRects(), row = rows.length ? rows[0] : box;
  const x = row.left + row.width / 2, y = row.top + row.height / 2;
  const over = document.elementFromPoint(x, y);
  return {
    words: (one.textContent || one.name || '').trim().replace(/\\s+/g, ' '),
    isBody: one === document.body,
    outlinePx: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth),
    isOnScreen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    isCovered: !(over && (one.contains(over) || over.contains(one))),
  };
}"""


@pytest.fixture(params=list(SIZES))
def page(chromium: Browser, live: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    size = SIZES[request.param]
    context = chromium.new_context(
        viewport={"width": size["width"], "height": size["height"]}, base_url=live, reduced_motion="reduce"
    )
    context.set_default_timeout(TIMEOUT_MS)
    yield context.new_page()
    context.close()


def tab_to(page: Page, words: str) -> None:
    """Press Tab until what is in focus says some words."""
    for _ in range(_STOPS_MAX):
        page.keyboard.press("Tab")
        if re.search(words, page.evaluate(FOCUS)["words"]):
            return
    raise AssertionError(f"no stop says {words}")


def test_from_the_start_to_the_slides_of_a_talk(page: Page, built: Built) -> None:
    page.goto("/")
    expect(page.locator("#q")).to_be_focused()
    tab_to(page, "^Alla seminarier")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Seminarier")
    tab_to(page, "Hållbar industri")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Hållbar industri i mellersta Sverige")
    tab_to(page, "^Se PPT-bilder: Strategi")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/d/{built.strategy}")


def test_from_a_letter_to_a_search_among_a_speakers_slides(page: Page, built: Built) -> None:
    page.goto("/p")
    tab_to(page, "^E$")
    page.keyboard.press("Enter")
    tab_to(page, "^Maja Ekström")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Maja Ekström")
    tab_to(page, "^q$")
    tab_to(page, "^q$")
    page.keyboard.type("kompetens")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/?q=kompetens&speaker={built.person}")
    expect(page.get_by_role("article")).to_have_count(1)


def test_breadcrumb_leads_from_a_county_to_its_region_and_english_keeps_the_place(page: Page) -> None:
    page.goto("/r/SE311")
    tab_to(page, "^Norra Mellansverige$")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Norra Mellansverige")
    tab_to(page, "^English$")
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.wait_for_url("**/en/r/SE31")


@pytest.mark.parametrize(
    "name", ["start", "events", "event", "people", "region", "focus area", "accessibility", "not found"]
)
def test_focus_is_always_to_be_seen(page: Page, built: Built, name: str) -> None:
    page.goto(every_page(built)[name])
    stops = 0
    for _ in range(_STOPS_MAX):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if focus["isBody"]:
            break
        stops += 1
        assert focus["outlinePx"] >= 2, focus
        assert focus["isOnScreen"], focus
        assert not focus["isCovered"], focus
    assert stops > 8
