"""A slide is cited from its page by keyboard; without scripts the reference is there to be marked."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.web.browsing import TIMEOUT_MS
from tests.web.web_archive import Built

pytestmark = pytest.mark.browser


def test_reference_of_a_slide_is_copied_by_keyboard(chromium: Browser, live: str, built: Built) -> None:
    context = chromium.new_context(base_url=live, permissions=["clipboard-read", "clipboard-write"])
    context.set_default_timeout(TIMEOUT_MS)
    page = context.new_page()
    page.goto(f"/d/{built.strategy}/3")
    page.get_by_role("link", name="Citera bilden").press("Enter")
    page.wait_for_url(f"**/d/{built.strategy}/v1/3/cite")
    page.get_by_role("button", name="Kopiera Vancouver").press("Enter")
    expect(page.get_by_role("status").filter(has_text="Kopierad.")).to_have_count(1)
    copied = page.evaluate("navigator.clipboard.readText()")
    assert re.match(r"Ekström M\. .*, bild 3 .*Tillgänglig vid: http\S+/v1/3$", copied)
    for name in ("BibTeX", "RIS"):
        page.get_by_role("button", name=f"Kopiera {name}").press("Enter")
        expect(page.get_by_text("Kopierad.")).to_have_count(2 + ["BibTeX", "RIS"].index(name) + 1)
        file = page.request.get(f"{live}/d/{built.strategy}/v1/3/cite/{name.lower()}")
        assert page.evaluate("navigator.clipboard.readText()").split() == file.text().split()
    page.get_by_role("button", name="Kopiera BibTeX").press("Tab")
    expect(page.get_by_role("link", name="Ladda ner BibTeX")).to_be_focused()
    context.close()


def test_without_scripts_no_button_offers_what_it_cannot_do(
    chromium: Browser, live: str, built: Built
) -> None:
    context = chromium.new_context(java_script_enabled=False, base_url=live)
    context.set_default_timeout(TIMEOUT_MS)
    page = context.new_page()
    page.goto(f"/d/{built.strategy}/cite")
    expect(page.get_by_text("Strategi för industriell omvandling i Norra").first).to_be_visible()
    assert page.get_by_role("main").get_by_role("button").count() == 0
    page.get_by_text("På engelska").first.click()
    expect(page.locator("dd [lang=en]").first).to_be_visible()
    page.get_by_text("Visa RIS").click()
    expect(page.get_by_text("TY  - SLIDE")).to_be_visible()
    context.close()
