"""Ten tasks as a member would do them, each in the sample seminar and in decks from elsewhere.

The clicks are counted from the moment a question is sent; docs/reading.md has them in a table.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.web.browsing import SIZES, TIMEOUT_MS
from tests.web.task_grounds import Ground, opened_ground
from tests.web.task_member import Member

pytestmark = [pytest.mark.browser, pytest.mark.long]


@pytest.fixture(scope="module", params=["sample", "nosad"])
def ground(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    with opened_ground(request.param, tmp_path_factory.mktemp(request.param)) as opened:
        yield opened


@contextmanager
def window(chromium: Browser, ground: Ground, size: str = "desk", **options: Any) -> Iterator[Page]:
    """Open a window of its own on the start page; what it says on its console must stay empty."""
    viewport = ViewportSize(width=SIZES[size]["width"], height=SIZES[size]["height"])
    context = chromium.new_context(viewport=viewport, base_url=ground.address, **options)
    context.set_default_timeout(TIMEOUT_MS)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    try:
        page.goto("/")
        yield page
    finally:
        context.close()
    assert said == []


@pytest.fixture
def member(chromium: Browser, ground: Ground) -> Iterator[Member]:
    with window(chromium, ground, permissions=["clipboard-read", "clipboard-write"]) as page:
        yield Member(page, ground)


def test_slide_is_one_click_from_its_word(member: Member, ground: Ground) -> None:
    member.search(ground.word)
    member.click(member.found())
    member.sees_slide(ground.slide_number)
    assert member.clicks == 1


def test_slides_of_a_speaker_by_the_name(member: Member, ground: Ground) -> None:
    page = member.page
    page.locator("#q").fill(ground.speaker)
    member.click(page.get_by_role("option", name=ground.speaker))
    expect(member.filters()).to_contain_text(ground.speaker)
    expect(page.get_by_role("article").get_by_role("heading", level=2)).to_have_text(ground.speaker_talk)
    member.click(member.first_hit())
    expect(page.locator("article > header")).to_contain_text(ground.speaker)
    assert member.clicks == 2


def test_slides_of_a_year_and_a_region(member: Member, ground: Ground) -> None:
    page = member.page
    member.search(ground.broad)
    if ground.year:
        member.click(member.choices(ground.year))
        expect(member.filters()).to_contain_text(ground.year)
    member.click(member.choices(ground.region))
    expect(member.filters().filter(has_text=ground.region)).to_be_visible()
    expect(page.get_by_role("article")).to_have_count(len(ground.region_talks))
    for title in ground.region_talks:
        expect(
            page.get_by_role("article").get_by_role("heading", level=2).filter(has_text=title)
        ).to_be_visible()
    member.click(member.first_hit())
    expect(page.locator("figure svg rect").first).to_be_visible()
    assert member.clicks == (3 if ground.year else 2)


def test_hits_are_stepped_through_and_the_original_is_downloaded(member: Member, ground: Ground) -> None:
    page = member.page
    member.search(ground.word)
    member.click(member.found())
    member.sees_slide(ground.slide_number)
    at = ground.hits.index(ground.slide_number)
    for index, number in enumerate(ground.hits[at + 1 :], at + 2):
        member.click(page.get_by_role("link", name="Nästa träff"))
        member.sees_slide(number)
        expect(page.locator("[data-count]")).to_have_text(f"Träff {index} av {len(ground.hits)}")
    expect(page.get_by_role("link", name="Nästa träff")).to_have_count(0)
    assert member.clicks == len(ground.hits) - at
    with page.expect_download() as waiting:
        member.click(page.get_by_role("link", name=re.compile("Ladda ner (originalet|som PDF|en kopia)")))
    taken = Path(waiting.value.path()).read_bytes()
    if waiting.value.suggested_filename == ground.pdf_name:
        assert taken.startswith(b"%PDF-")
    elif waiting.value.suggested_filename == ground.filename:
        assert taken == ground.original.read_bytes()
    else:  # it has notes or hidden slides: a copy without them
        assert waiting.value.suggested_filename.endswith(".pptx")
        assert taken.startswith(b"PK")
        assert taken != ground.original.read_bytes()


def test_copied_link_shows_the_marked_slide_to_somebody_else(
    member: Member, chromium: Browser, ground: Ground
) -> None:
    member.search(ground.word)
    member.click(member.found())
    member.click(member.page.get_by_role("checkbox", name="Ta med sökningen"))
    member.click(member.page.get_by_role("button", name="Kopiera länk", exact=True))
    expect(member.page.locator("[data-said]")).to_have_text("Länken är kopierad.")
    assert member.clicks == 3
    link = member.page.evaluate("navigator.clipboard.readText()")
    with window(chromium, ground) as page:
        page.goto(link)
        Member(page, ground).sees_slide(ground.slide_number)


def test_slide_is_found_on_a_phone_with_the_sheet_of_filters(chromium: Browser, ground: Ground) -> None:
    with window(chromium, ground, "phone", has_touch=True, is_mobile=True) as page:
        member = Member(page, ground)
        member.search(ground.broad)
        choice = member.choices(ground.region)
        expect(choice).to_be_hidden()
        member.click(page.locator("summary", has_text="Filtrera"))
        member.click(choice)
        expect(member.filters().filter(has_text=ground.region)).to_be_visible()
        expect(choice).to_be_hidden()
        member.click(member.first_hit())
        expect(page.locator("figure svg rect").first).to_be_visible()
        assert member.clicks == 3
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_whole_way_by_keyboard(chromium: Browser, ground: Ground) -> None:
    with window(chromium, ground) as page:
        member = Member(page, ground)
        expect(page.locator("#q")).to_be_focused()
        page.keyboard.type(ground.word)
        page.keyboard.press("Enter")
        expect(member.found()).to_be_visible()
        member.tab_to(f"article li a[href*='/{ground.slide_number}?']")
        page.keyboard.press("Enter")
        member.sees_slide(ground.slide_number)
        at = ground.hits.index(ground.slide_number)
        expect(page.locator("[data-keys-help]")).to_be_visible()  # from now on the keys are heard
        page.keyboard.press("n")
        member.sees_slide(ground.hits[at + 1])
        page.keyboard.press("p")
        member.sees_slide(ground.slide_number)
        page.keyboard.press("/")
        expect(page.locator("#q")).to_be_focused()


def test_whole_way_without_scripts(chromium: Browser, ground: Ground) -> None:
    with window(chromium, ground, java_script_enabled=False) as page:
        member = Member(page, ground)
        page.locator("#q").fill(ground.word)
        page.get_by_role("button", name="Sök", exact=True).click()
        member.click(member.found())
        expect(page.locator("h1")).to_contain_text(f"Bild {ground.slide_number} ")
        expect(page.locator("figure svg rect").first).to_be_visible()
        member.click(page.get_by_role("link", name="Nästa träff"))
        following = ground.hits[ground.hits.index(ground.slide_number) + 1]
        expect(page.locator("h1")).to_contain_text(f"Bild {following} ")
        with page.expect_download() as waiting:
            member.click(page.get_by_role("link", name=re.compile("Ladda ner (originalet|som PDF|en kopia)")))
        assert waiting.value.suggested_filename.endswith((".pptx", ".pdf"))
        assert member.clicks == 3


def test_whole_way_in_english(member: Member, ground: Ground) -> None:
    page = member.page
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    member.search(ground.word)
    member.click(member.found())
    member.sees_slide(ground.slide_number, "Slide")
    assert member.clicks == 1
    member.click(page.get_by_role("link", name="Next match"))
    member.sees_slide(ground.hits[ground.hits.index(ground.slide_number) + 1], "Slide")
    expect(page).to_have_url(re.compile(r"/en/d/"))


def test_misspelt_word_leads_to_its_slides(member: Member, ground: Ground) -> None:
    page = member.page
    member.search(ground.misspelt)
    member.click(
        page.get_by_role("paragraph").filter(has_text="Menade du").get_by_role("link", name=ground.meant)
    )
    expect(page.locator("main h1 bdi")).to_have_text(ground.meant)
    member.click(member.first_hit())
    expect(page.locator("figure svg rect").first).to_be_visible()
    assert member.clicks == 2


def test_nothing_found_leads_on(member: Member, ground: Ground) -> None:
    page = member.page
    member.search(ground.misquoted)
    expect(page.get_by_role("heading", name="Inga träffar")).to_be_visible()
    member.click(page.get_by_role("main").get_by_role("link", name=ground.misquoted.strip('"')))
    expect(page.get_by_role("article")).not_to_have_count(0)
    assert member.clicks == 1
    member.search("xylofonkvartetterna")
    member.click(page.get_by_role("link", name="Bläddra bland seminarier"))
    expect(page.locator("h1")).to_have_text("Seminarier")
    expect(page.locator("main a[href^='/e/']")).not_to_have_count(0)
