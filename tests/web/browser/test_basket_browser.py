"""Slides of three decks are gathered by keyboard alone, put in order, shared, and taken along."""

import io
from pathlib import Path

import pytest
from pdfminer.high_level import extract_text
from playwright.sync_api import Page, expect
from pptx import Presentation

from tests.web.web_archive import Built

pytestmark = [pytest.mark.browser, pytest.mark.long]
ROWS = "ol[data-basket-rows] > li"


def gather(page: Page, address: str, count: int) -> None:
    """Put the first slides of a deck into the basket by keyboard."""
    page.goto(address)
    buttons = page.get_by_role("button", name="Lägg i korgen")
    for _ in range(count):
        button = buttons.first
        button.focus()
        page.keyboard.press("Enter")
    expect(page.locator("main button[aria-pressed=true]")).to_have_count(count)


def downloaded(page: Page, words: str) -> bytes:
    """Return the file that a link leads to, chosen by keyboard."""
    page.get_by_role("link", name=words).focus()
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    return Path(waiting.value.path()).read_bytes()


def numbers(page: Page) -> list[str]:
    return [str(row.get_attribute("data-ref")) for row in page.locator(ROWS).all()]


def test_six_slides_of_three_decks_by_keyboard_as_pdf_and_powerpoint(page: Page, built: Built) -> None:
    decks = (built.strategy, built.steel, built.railway)
    for deck in decks:
        gather(page, f"/d/{deck}", 2)
    basket = page.get_by_role("navigation", name="Webbplatsen").get_by_role("link", name="Korg")
    expect(basket).to_contain_text("6")
    basket.focus()
    page.keyboard.press("Enter")
    expect(page.locator(ROWS)).to_have_count(6)
    before = numbers(page)
    assert before == [f"{deck}.v1.{number}" for deck in decks for number in (1, 2)]

    page.locator(ROWS).nth(1).get_by_role("link", name="Upp").focus()
    page.keyboard.press("Enter")
    expect(page.locator(ROWS).first).to_have_attribute("data-ref", before[1])
    expect(page.locator(ROWS).first.get_by_role("link", name="Ned")).to_be_focused()
    now = [before[1], before[0], *before[2:]]
    page.goto("/basket")  # the browser knows its own basket
    expect(page.locator(ROWS)).to_have_count(6)
    assert numbers(page) == now

    pdf = downloaded(page, "Ladda ner som PDF")
    text = extract_text(io.BytesIO(pdf))
    assert all(f"/d/{one.replace('.v1.', '/v1/')}" in text.replace("\n", "") for one in now)
    deck = Presentation(io.BytesIO(downloaded(page, "Ladda ner som PowerPoint")))
    assert len(deck.slides) == 6
    assert all("/v1/" in slide.notes_slide.notes_text_frame.text for slide in deck.slides)

    page.locator(ROWS).nth(5).get_by_role("link", name="Ta bort").focus()
    page.keyboard.press("Enter")
    expect(page.locator(ROWS)).to_have_count(5)
    expect(basket).to_contain_text("5")
    assert numbers(page) == now[:5]


def test_shared_basket_is_not_ones_own_until_one_says_so(page: Page, built: Built) -> None:
    gather(page, f"/d/{built.strategy}", 1)
    shared = f"/basket?s={built.railway}.v1.2,{built.railway}.v1.1"
    page.goto(shared)
    page.locator(ROWS).first.get_by_role("link", name="Ned").click()
    expect(page.locator(ROWS).first).to_have_attribute("data-ref", f"{built.railway}.v1.1")
    page.goto("/basket")
    expect(page.locator(ROWS)).to_have_attribute("data-ref", f"{built.strategy}.v1.1")
    page.goto(shared)
    page.get_by_role("button", name="Gör den till min korg").click()
    expect(page.get_by_role("button", name="Gör den till min korg")).to_be_hidden()
    first, second = page.locator(ROWS).all()
    second.drag_to(first, target_position={"x": 20, "y": 2})
    expect(page.locator(ROWS).first).to_have_attribute("data-ref", f"{built.railway}.v1.1")
    page.get_by_role("link", name="Töm korgen").click()
    expect(page.get_by_text("Korgen är tom")).to_be_visible()
    page.goto("/basket")
    expect(page.get_by_text("Korgen är tom")).to_be_visible()


def test_damaged_list_of_a_browser_locks_nobody_out(page: Page, built: Built) -> None:
    page.goto("/basket")
    good = f"{built.strategy}.v1.1"
    page.evaluate("list => localStorage.setItem('archive.basket', list)", f'"x",{good},{good},<b>,.v0.0')
    page.goto("/")
    basket = page.get_by_role("navigation", name="Webbplatsen").get_by_role("link", name="Korg")
    expect(basket).to_contain_text("1")
    basket.click()
    expect(page.locator(ROWS)).to_have_attribute("data-ref", good)
