"""Every page by axe-core: WCAG 2.2 AA and its best practices, in each way a page can be looked at."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from flask import Flask
from playwright.sync_api import Browser, Page

from tests.web.addresses import NAMES, every_page
from tests.web.browsing import TIMEOUT_MS
from tests.web.web_archive import Built

pytestmark = [pytest.mark.browser, pytest.mark.long]

_WIDE = {"width": 1280, "height": 900}
_NARROW = {"width": 320, "height": 640}
# Colours are all that differs between these looks, so only the rules about them are asked again.
_COLOURS: dict[str, Any] = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
}
_SIZES: dict[str, Any] = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "rule", "values": ["target-size", "color-contrast"]},
}
ALL: dict[str, Any] = {
    "resultTypes": ["violations"],
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
}
# A third of axe's time goes into reading the few colours of a page again for every element: what was read is
# kept. What cannot be read is refused each time.
_KEEP_COLOURS = """(() => {
  const Color = axe.commons.color.Color, read = Color.prototype.parseString, kept = new Map();
  Color.prototype.parseString = function (text) {
    if (!kept.has(text)) kept.set(text, read.call(new Color(0, 0, 0), text));
    const {r, g, b, alpha} = kept.get(text);
    return Object.assign(this, {r, g, b, alpha});
  };
})()"""
SCRIPT = f"{AXE_SCRIPT};{_KEEP_COLOURS}"
TWICE_THE_TEXT = "document.documentElement.style.fontSize = '200%'"
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def page(chromium: Browser, live: str) -> Iterator[Page]:
    context = chromium.new_context(base_url=live, reduced_motion="reduce")
    context.set_default_timeout(TIMEOUT_MS)
    context.add_init_script(SCRIPT)
    yield context.new_page()
    context.close()


def violations(page: Page, options: dict[str, Any]) -> list[str]:
    """Return what axe finds: the rule, and the first element it finds it on.

    Where many pages are looked at, their context brings axe into each (`SCRIPT`): Chromium compiles it once.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(SCRIPT)
    found = page.evaluate("async options => (await axe.run(options)).violations", options)
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:200]} {one['nodes'][0]['failureSummary']}" for one in found
    ]


def looked_at_in_each_way(page: Page, address: str) -> dict[str, list[str]]:
    """Return what axe finds on a page, by the way it is looked at; it may not scroll sideways in any."""
    page.set_viewport_size(_WIDE)  # type: ignore[arg-type] # a dict of its two keys
    page.emulate_media(color_scheme="light", forced_colors="none")
    page.goto(address)
    found = {"light": violations(page, ALL)}
    page.emulate_media(color_scheme="dark")
    found["dark"] = violations(page, _COLOURS)
    page.emulate_media(color_scheme="light", forced_colors="active")
    found["forced colours"] = violations(page, _COLOURS)
    page.emulate_media(forced_colors="none")
    page.set_viewport_size(_NARROW)  # type: ignore[arg-type]
    found["320 px"] = violations(page, ALL)
    assert page.evaluate(OVERFLOW) <= 0, "the page scrolls sideways at 320 px"
    page.set_viewport_size(_WIDE)  # type: ignore[arg-type]
    page.evaluate(TWICE_THE_TEXT)
    found["200 % text"] = violations(page, _SIZES)
    assert page.evaluate(OVERFLOW) <= 0, "the page scrolls sideways with text of 200 %"
    return {look: what for look, what in found.items() if what}


@pytest.mark.parametrize("name", NAMES)
def test_page_has_no_violation_however_it_is_looked_at(page: Page, built: Built, name: str) -> None:
    assert looked_at_in_each_way(page, every_page(built)[name]) == {}


def test_axe_finds_what_is_wrong(page: Page, app: Flask) -> None:
    page.goto("/about")
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"/x\">')")
    assert [one.partition(":")[0] for one in violations(page, ALL)] == ["image-alt"]
    page.goto("/about")
    page.evaluate("document.querySelector('main p').style.color = 'rgb(150 150 150 / 90%)'")
    assert [one.partition(":")[0] for one in violations(page, ALL)] == ["color-contrast"]
