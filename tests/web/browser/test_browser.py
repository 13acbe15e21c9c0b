"""The pages in Chromium, on a phone and on a large screen."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.browsing import TIMEOUT_MS
from tests.web.web_archive import Built

pytestmark = [pytest.mark.browser, pytest.mark.long]


def addresses(built: Built) -> list[str]:
    return [
        "/",
        "/?q=industrin",
        "/?q=kompetens&kind=deck&year=2021&sort=newest",
        "/?q=industrin&view=slides",
        "/filter/organisation?q=industrin",
        "/?q=xyzzy" + "x" * 150,
        "/help",
        "/e",
        f"/e/{built.autumn}",
        f"/p/{built.person}",
        f"/o/{built.organisation}",
        f"/f/{built.focus_area}",
        f"/d/{built.strategy}",
        f"/d/{built.strategy}?q=kompetens&show=all",
        f"/d/{built.report}?page=2",
        f"/d/{built.strategy}/3?q=kompetens",
        f"/d/{built.strategy}/5",
        f"/d/{built.steel}/2",
    ]


def is_phone(page: Page) -> bool:
    return (page.viewport_size or {"width": 0})["width"] < 500


def test_no_page_is_wider_than_the_window(page: Page, built: Built) -> None:
    for address in addresses(built):
        page.goto(address)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= page.evaluate("window.innerWidth"), address


def test_from_the_search_box_to_a_slide_by_keyboard(page: Page, built: Built) -> None:
    page.goto("/")
    # The start page's box takes the focus itself.
    page.wait_for_function("() => document.activeElement.name == 'q'")
    page.keyboard.type("fossilfri")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=fossilfri")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('article li a')"):
            break
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/d/{built.strategy}/3?q=fossilfri")
    expect(page.locator("h1")).to_contain_text(re.compile(r"^\s*Bild 3"))


def test_first_tab_leads_past_the_header(page: Page) -> None:
    page.goto("/help")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.id == 'main'")


def test_mark_stands_over_its_word(page: Page, built: Built) -> None:
    page.goto(f"/d/{built.strategy}/3?q=samverkan")
    picture = page.locator("figure img").bounding_box()
    mark = page.locator("figure svg rect").first.bounding_box()
    assert picture
    assert mark
    # Where tests/web/slides.py wrote the word, as shares of the picture.
    left, top = (mark["x"] - picture["x"]) / picture["width"], (mark["y"] - picture["y"]) / picture["height"]
    assert 0.07 < left < 0.09
    assert 0.31 < top < 0.36
    assert mark["width"] > 10
    assert page.locator("figure img").evaluate("image => image.naturalWidth") == 1280


def test_thumbnails_are_marked(page: Page) -> None:
    page.goto("/?q=kompetens&kind=deck")
    expect(page.get_by_role("article").locator("a svg rect").first).to_be_visible()
    slide = page.get_by_role("article").get_by_role("link").filter(has=page.locator("img + svg")).first
    picture, marks = slide.locator("img").bounding_box(), slide.locator("svg").bounding_box()
    assert picture
    assert marks
    assert abs(picture["height"] - marks["height"]) <= 2, "the marks would stand beside their words"


def test_filters_fold_on_the_phone_only(page: Page, built: Built) -> None:
    page.goto("/?q=industrin")
    choice = page.get_by_role("complementary").get_by_role("link").filter(has_text="Transporter och klimat")
    if is_phone(page):
        expect(choice).to_be_hidden()
        page.locator("summary", has_text="Filtrera").click()
    choice.click()
    page.wait_for_url(f"**/?q=industrin&event={built.spring}")
    expect(page.get_by_role("article")).to_have_count(1)
    page.get_by_role("link", name="Ta bort filtret").click()
    page.wait_for_url("**/?q=industrin")
    expect(page.get_by_role("article")).to_have_count(4)


@pytest.mark.parametrize("page", ["phone"], indirect=True)
def test_sheet_of_filters_closes_by_escape_and_by_a_touch_beside_it(page: Page) -> None:
    page.goto("/?q=industrin")
    sheet = page.get_by_role("complementary").locator("details > div")
    page.get_by_role("complementary").locator("summary").first.click()
    expect(sheet).to_be_visible()
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(page.get_by_role("complementary").locator("summary").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(sheet).to_be_visible()
    page.mouse.click(180, 20)
    expect(sheet).to_be_hidden()


def test_slash_goes_to_the_search_box_unless_switched_off(page: Page) -> None:
    page.goto("/?q=industrin")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.goto("/help")
    page.get_by_label("Använd kortkommandon på en tangent").uncheck()
    page.goto("/?q=industrin")
    page.keyboard.press("/")
    expect(page.locator("#q")).not_to_be_focused()


def test_original_is_downloaded_under_its_name(page: Page, built: Built) -> None:
    page.goto(f"/d/{built.railway}")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Ladda ner originalet").click()
    assert waiting.value.suggested_filename == "ryggrad.pptx"
    assert Path(waiting.value.path()).read_bytes().startswith(b"original of")


@pytest.mark.parametrize("page", ["phone"], indirect=True)
def test_controls_are_large_enough_to_touch(page: Page, built: Built) -> None:
    for address in ("/?q=industrin&year=2021", f"/d/{built.strategy}/3?q=kompetens"):
        page.goto(address)
        boxes = page.locator(
            "body > header a:visible, button:visible, summary:visible, [data-marks]:visible, "
            "[aria-label='Valda filter'] a:visible, nav[aria-label=Bilder] > *:visible, "
            "nav[aria-label=Träffar] > :not([data-count]):visible"
        )
        for index in range(boxes.count()):
            box = boxes.nth(index).bounding_box()
            assert box
            assert box["height"] >= 43.5, boxes.nth(index).inner_text()


def test_next_match_and_language_by_click(page: Page, built: Built) -> None:
    page.goto(f"/d/{built.strategy}/2?q=kompetens")
    page.get_by_role("link", name="Nästa träff").click()
    page.wait_for_url(f"**/d/{built.strategy}/3?q=kompetens")
    page.get_by_role("link", name="English").click()
    # A click returns when the answer begins, not when the page stands: each wait is for the page.
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("link", name="Next match")).to_be_visible()


def test_everything_works_without_scripts(chromium: Browser, live: str, built: Built) -> None:
    context = chromium.new_context(java_script_enabled=False, base_url=live)
    context.set_default_timeout(TIMEOUT_MS)
    page = context.new_page()
    page.goto("/")
    page.fill("#q", "signalteknik")
    page.click("button[type=submit]")
    page.get_by_role("article").get_by_role("listitem").get_by_role("link").first.click()
    page.wait_for_url(f"**/d/{built.railway}/3?q=signalteknik")
    expect(page.locator("section[aria-labelledby=text] mark")).to_have_text("signalteknik")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_background(chromium: Browser, live: str, built: Built, scheme: str) -> None:
    """WCAG 2.2, 1.4.3: at least 4.5 to 1 for the colours that text is written in."""
    context = chromium.new_context(base_url=live, color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    page.goto(f"/d/{built.strategy}/3?q=kompetens")
    ratios = page.evaluate(CONTRASTS)
    context.close()
    assert len(ratios) > 20
    assert {text: ratio for text, ratio in ratios.items() if ratio < 4.5} == {}


CONTRASTS = """() => {
  const parse = colour => colour.match(/[0-9.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b]
    .map(c => c / 255).map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = element => {
    for (let one = element; one; one = one.parentElement) {
      const colour = parse(getComputedStyle(one).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const found = {};
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement, words = walker.currentNode.data.trim();
    if (!words) continue;
    const pair = [light(parse(getComputedStyle(element).color)), light(behind(element))];
    pair.sort((a, b) => b - a);
    found[words] = Math.round(100 * (pair[0] + 0.05) / (pair[1] + 0.05)) / 100;
  }
  return found;
}"""
