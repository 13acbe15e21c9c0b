"""Pages on a narrow screen, whatever words the documents have."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.web.addresses import every_page
from tests.web.browsing import TIMEOUT_MS
from tests.web.web_archive import Built

pytestmark = pytest.mark.browser

# What documents and records say may be one long word or an address; what controls say is ours.
_ONE_LONG_WORD = """() => {
  const controls = "nav:not(.crumbs), button, summary, label, kbd, .order, .step";
  const ours = `${controls}, script, time, .nowrap, .count, .years`;
  const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    if (text.data.trim() && !text.parentElement.closest(ours)) text.data = "upphandlingsenheten_".repeat(8);
  }
}"""
_OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def page(chromium: Browser, live: str) -> Iterator[Page]:
    context = chromium.new_context(base_url=live, viewport={"width": 320, "height": 640})
    context.set_default_timeout(TIMEOUT_MS)
    yield context.new_page()
    context.close()


def test_no_word_of_a_document_makes_a_page_scroll_sideways(page: Page, built: Built) -> None:
    too_wide = []
    for name, address in every_page(built).items():
        page.goto(address)
        page.evaluate(_ONE_LONG_WORD)
        if (by_px := page.evaluate(_OVERFLOW)) > 0:
            too_wide.append(f"{name}: {by_px} px")
    assert too_wide == []
