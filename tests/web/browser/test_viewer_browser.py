"""The slide's page in Chromium: stepping, keys, marks, zoom, links, downloads."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from archive.app import Archive
from archive.catalogue import pages
from tests.web.browsing import TIMEOUT_MS
from tests.web.content import STEEL_SLIDES
from tests.web.slides import draw
from tests.web.web_archive import Built

pytestmark = [pytest.mark.browser, pytest.mark.long]


def heading(page: Page, number: int) -> None:
    expect(page.locator("h1")).to_contain_text(re.compile(rf"^\s*Bild {number}\b"))


def test_hits_are_stepped_through_without_losing_the_place(page: Page, built: Built) -> None:
    page.goto(f"/d/{built.strategy}/2?q=kompetens")
    step = page.locator("[data-step=next-match]")
    step.focus()
    page.keyboard.press("Enter")
    heading(page, 3)
    expect(page).to_have_url(re.compile(r"/3\?q=kompetens$"))
    expect(step).to_be_focused()
    expect(page.locator("[data-said]")).to_contain_text("Träff 2 av 3")
    page.keyboard.press("Enter")
    heading(page, 6)
    page.go_back()
    heading(page, 3)


def test_keys_step_and_can_be_switched_off(page: Page, built: Built) -> None:
    page.goto(f"/d/{built.strategy}/2?q=kompetens")
    page.keyboard.press("ArrowRight")
    heading(page, 3)
    page.keyboard.press("n")
    heading(page, 6)
    page.keyboard.press("p")
    heading(page, 3)
    page.locator("summary", has_text="Kortkommandon").click()
    page.get_by_label("Kortkommandon är på").uncheck()
    page.locator("h1").click()
    page.keyboard.press("ArrowRight")
    page.reload()
    page.keyboard.press("ArrowLeft")
    heading(page, 3)
    page.locator("[data-step=next]").click()
    heading(page, 5)


def test_marks_go_and_stay_away_until_asked_for(page: Page, built: Built) -> None:
    page.goto(f"/d/{built.strategy}/3?q=kompetens")
    marks = page.locator("figure a > svg")
    expect(marks).to_be_visible()
    page.get_by_role("link", name="Dölj markeringar").click()
    expect(marks).to_be_hidden()
    page.locator("[data-step=next-match]").click()
    heading(page, 6)
    expect(marks).to_be_hidden()
    page.reload()
    page.get_by_role("link", name="Visa markeringar").click()
    expect(marks).to_be_visible()


def test_zoomed_picture_is_larger_and_moves_by_keys(page: Page, built: Built) -> None:
    page.goto(f"/d/{built.strategy}/3")
    picture = page.locator("figure img")
    before = picture.bounding_box()
    page.get_by_role("button", name="Förstora").click()
    page.get_by_role("button", name="Förstora").click()
    expect(page.locator("[data-zoom-level]")).to_have_text("200 %")
    after = picture.bounding_box()
    assert before
    assert after
    assert after["width"] == pytest.approx(2 * before["width"], rel=0.03)
    scroller = page.get_by_role("region", name="Förstorad bild")
    for focused in (page.get_by_role("button", name="Förstora"), scroller):
        focused.focus()
        left = scroller.evaluate("one => one.scrollLeft")
        page.keyboard.press("ArrowRight")
        moved = "([one, left]) => one.scrollLeft > left"
        page.wait_for_function(moved, arg=[scroller.element_handle(), left])
    heading(page, 3)
    page.get_by_role("button", name="Hela bilden").click()
    expect(page.locator("[data-zoom-level]")).to_have_text("100 %")


def test_full_screen_stays_from_slide_to_slide(page: Page, built: Built) -> None:
    page.goto(f"/d/{built.strategy}/3")
    page.get_by_role("button", name="Helskärm").click()
    page.wait_for_function("() => document.fullscreenElement !== null")
    page.keyboard.press("ArrowRight")
    heading(page, 5)
    assert page.evaluate("document.fullscreenElement !== null")
    page.get_by_role("button", name="Lämna helskärm").click()
    page.wait_for_function("() => document.fullscreenElement === null")


def test_link_is_copied(page: Page, built: Built, live: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"/d/{built.strategy}/3?q=kompetens")
    page.get_by_role("button", name="Kopiera länk", exact=True).click()
    expect(page.locator("[data-said]")).to_have_text("Länken är kopierad.")
    assert page.evaluate("navigator.clipboard.readText()") == f"{live}/d/{built.strategy}/3"
    page.get_by_label("Ta med sökningen").check()
    page.get_by_role("button", name="Kopiera länk", exact=True).click()
    expect(page.locator("[data-link]")).to_have_value(f"{live}/d/{built.strategy}/3?q=kompetens")
    assert page.evaluate("navigator.clipboard.readText()") == f"{live}/d/{built.strategy}/3?q=kompetens"
    page.get_by_role("button", name="Kopiera länk att citera").press("Enter")
    expect(page.locator("[data-said]")).to_have_text("Länken är kopierad.")
    assert page.evaluate("navigator.clipboard.readText()") == f"{live}/d/{built.strategy}/v1/3"


def test_picture_is_downloaded_as_png(page: Page, built: Built) -> None:
    page.goto(f"/d/{built.strategy}/3", wait_until="load")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Bilden som PNG").click()
    assert waiting.value.suggested_filename.endswith("-bild-3.png")
    assert Path(waiting.value.path()).read_bytes().startswith(b"\x89PNG")


_ALL_PICTURES_ARE_HERE = """() =>
  [...document.querySelectorAll("figure img, [data-strip] img")].every(
    (picture) => picture.complete && picture.naturalWidth > 0
  )
"""


def test_picture_comes_without_a_reload(page: Page, built: Built, archive: Archive) -> None:
    page.goto(f"/d/{built.steel}/1")
    with archive.database.write() as session:
        version = pages.version(session, _version_id(archive, built.steel))[0]
        pages.save_picture(session, version.id, draw(STEEL_SLIDES[0], 1, 0, archive.pictures))
    try:
        expect(page.locator("figure img")).to_be_visible()
        page.wait_for_function(_ALL_PICTURES_ARE_HERE)  # the catalogue forgets them next
    finally:
        with archive.database.write() as session:
            _forget_picture(session, version.id)


def _version_id(archive: Archive, document_id: str) -> str:
    from archive.catalogue import documents

    with archive.database.read() as session:
        return documents.document(session, document_id).version.id


def _forget_picture(session: object, version_id: str) -> None:
    from sqlalchemy import delete
    from sqlalchemy.orm import Session

    from archive.catalogue.tables.documents import PictureRow

    assert isinstance(session, Session)
    session.execute(delete(PictureRow).where(PictureRow.version_id == version_id))


def test_swipe_leads_on(chromium: Browser, live: str, built: Built) -> None:
    context = chromium.new_context(
        base_url=live, has_touch=True, is_mobile=True, viewport={"width": 360, "height": 740}
    )
    context.set_default_timeout(TIMEOUT_MS)
    page = context.new_page()
    page.goto(f"/d/{built.strategy}/2")
    page.evaluate(SWIPE_LEFT)
    heading(page, 3)
    context.close()


def test_slides_marks_and_hits_are_links_without_scripts(chromium: Browser, live: str, built: Built) -> None:
    context = chromium.new_context(java_script_enabled=False, base_url=live)
    context.set_default_timeout(TIMEOUT_MS)
    page = context.new_page()
    page.goto(f"/d/{built.strategy}/2?q=kompetens")
    page.get_by_role("link", name="Nästa träff").click()
    heading(page, 3)
    page.get_by_role("link", name="Dölj markeringar").click()
    expect(page.locator("figure a > svg")).to_have_count(0)
    expect(page.get_by_role("button", name="Kopiera länk")).to_have_count(0)
    expect(page.get_by_role("textbox", name="Att citera")).to_have_value(re.compile("/v1/3$"))
    expect(page.get_by_role("button", name="Förstora")).to_be_hidden()
    context.close()


SWIPE_LEFT = """() => {
  const target = document.querySelector("figure img");
  const touch = (x) => new Touch({ identifier: 1, target, clientX: x, clientY: 200 });
  const send = (type, x, held) => target.dispatchEvent(new TouchEvent(type, {
    bubbles: true, touches: held ? [touch(x)] : [], changedTouches: [touch(x)],
  }));
  send("touchstart", 300, true);
  send("touchend", 100, false);
}"""


def test_slide_is_kept_as_a_pdf_after_a_step(page: Page, built: Built, tmp_path: Path) -> None:
    page.goto(f"/d/{built.strategy}/2")
    page.locator("[data-step=next]").click()
    heading(page, 3)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Bilden som PDF").click()
    assert waiting.value.suggested_filename.endswith("-bild-3.pdf")
    waiting.value.save_as(tmp_path / "bild.pdf")
    assert (tmp_path / "bild.pdf").read_bytes().startswith(b"%PDF-")


_LINES = """step => {
  const words = document.createRange();
  words.selectNodeContents(step.querySelector("span"));
  return words.getClientRects().length;
}"""


def test_steps_between_hits_are_one_line_on_a_phone(chromium: Browser, live: str, built: Built) -> None:
    context = chromium.new_context(base_url=live, viewport={"width": 360, "height": 740})
    context.set_default_timeout(TIMEOUT_MS)
    page = context.new_page()
    lines = {}
    for address in (f"/d/{built.strategy}/3?q=kompetens", f"/en/d/{built.strategy}/3?q=kompetens"):
        page.goto(address)
        for name in ("previous-match", "next-match"):
            lines[name, address] = page.locator(f"[data-step={name}]").evaluate(_LINES)
    context.close()
    assert set(lines.values()) == {1}, lines


def test_arrows_of_the_strip_fetch_the_slides_beyond_its_ends(
    chromium: Browser, live: str, built: Built
) -> None:
    context = chromium.new_context(base_url=live, reduced_motion="reduce")
    context.set_default_timeout(TIMEOUT_MS)
    page = context.new_page()
    page.goto(f"/d/{built.report}/30")
    strip = page.locator("[data-strip] a")
    last = page.locator("[data-strip] [data-step=at-40]")
    expect(strip).to_have_count(21)
    for direction, first_new in ((1, 41), (-1, 19)):
        arrow = page.locator(f'[data-scroll="{direction}"]')
        last.scroll_into_view_if_needed()
        arrow.focus()
        while not page.locator(f"[data-strip] [data-step=at-{first_new}]").count():
            page.keyboard.press("Enter")
            expect(arrow).to_be_focused()
    steps = strip.evaluate_all("links => links.map(link => Number(link.dataset.step.slice(3)))")
    assert steps == list(range(steps[0], steps[-1] + 1))
    assert steps[0] < 20
    assert steps[-1] > 40
    expect(page.locator("[data-strip] [aria-current]")).to_have_attribute("data-step", "at-30")
    expect(page).to_have_url(re.compile(r"/30$"))
    context.close()
