"""Suggestions under the search box, used by keyboard, by pointer, and not at all."""

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.web.browsing import TIMEOUT_MS
from tests.web.web_archive import Built

pytestmark = pytest.mark.browser


def typed(page: Page, text: str) -> None:
    """Write into the search box of a page and wait for the suggestions."""
    page.goto("/help")
    page.locator("#q").focus()
    page.keyboard.type(text)
    expect(page.locator("#q")).to_have_attribute("aria-expanded", "true")


def test_box_and_list_are_a_combobox(page: Page, built: Built) -> None:
    typed(page, "maj")
    box = page.get_by_role("combobox")
    listed = page.get_by_role("listbox", name="Förslag")
    expect(listed).to_be_visible()
    expect(box).to_have_attribute("aria-autocomplete", "list")
    expect(box).to_have_attribute("aria-controls", listed.get_attribute("id") or "missing")
    expect(listed.get_by_role("option").first).to_contain_text("Maja Ekström")
    expect(listed.get_by_role("option").first).to_contain_text("talare")


def test_arrow_keys_walk_through_the_options_and_back_to_the_box(page: Page, built: Built) -> None:
    typed(page, "in")
    options = page.get_by_role("option")
    count = options.count()
    assert 2 <= count <= 5
    box = page.locator("#q")
    for at in range(count):
        page.keyboard.press("ArrowDown")
        expect(options.nth(at)).to_have_attribute("aria-selected", "true")
        expect(box).to_have_attribute(
            "aria-activedescendant", options.nth(at).get_attribute("id") or "missing"
        )
        expect(page.locator("[aria-selected=true]")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    expect(page.locator("[aria-selected=true]")).to_have_count(0)
    page.keyboard.press("ArrowUp")
    expect(options.nth(count - 1)).to_have_attribute("aria-selected", "true")
    expect(box).to_be_focused()
    expect(box).to_have_value("in")


def test_enter_opens_the_chosen_option(page: Page, built: Built) -> None:
    typed(page, "järnvägen som")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/d/{built.railway}")
    expect(page.locator("h1")).to_contain_text("Järnvägen som ryggrad")


def test_enter_without_a_choice_searches_for_what_was_typed(page: Page, built: Built) -> None:
    typed(page, "signal")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=signal")


def test_escape_closes_the_list_and_keeps_the_words(page: Page, built: Built) -> None:
    typed(page, "maj")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox", include_hidden=True)).to_be_hidden()
    expect(page.locator("#q")).to_have_attribute("aria-expanded", "false")
    expect(page.locator("#q")).to_have_value("maj")
    page.keyboard.type("a")
    expect(page.get_by_role("option").first).to_contain_text("Maja Ekström")
    page.keyboard.press("Tab")
    expect(page.get_by_role("listbox", include_hidden=True)).to_be_hidden()


def test_option_is_opened_by_pointer(page: Page, built: Built) -> None:
    typed(page, "maj")
    page.get_by_role("option").first.click()
    page.wait_for_url(f"**/?speaker={built.person}")


def test_name_is_shown_as_text_and_nothing_unknown_opens_a_list(page: Page, built: Built) -> None:
    page.goto("/help")

    def answer(route: Route) -> None:
        route.fulfill(json={"suggestions": [{"kind": "title", "text": "<b>fet</b>", "url": "/e"}]})

    page.route("**/suggest?*", answer)
    page.locator("#q").focus()
    page.keyboard.type("fet")
    expect(page.get_by_role("option").first).to_contain_text("<b>fet</b>")
    page.unroute("**/suggest?*")
    page.keyboard.type("xyzzy")
    expect(page.locator("#q")).to_have_attribute("aria-expanded", "false")


def test_without_scripts_the_box_is_a_plain_form(chromium: Browser, live: str, built: Built) -> None:
    context = chromium.new_context(java_script_enabled=False, base_url=live)
    context.set_default_timeout(TIMEOUT_MS)
    opened = context.new_page()
    opened.goto("/help")
    opened.fill("#q", "signalteknik")
    assert opened.locator("#q").get_attribute("role") is None
    opened.press("#q", "Enter")
    opened.wait_for_url("**/?q=signalteknik")
    context.close()
