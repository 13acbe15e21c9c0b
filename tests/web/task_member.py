"""Somebody who uses the archive with a mouse or a finger, and whose clicks are counted."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.web.task_grounds import Ground

STOPS_MAX = 80


class Member:
    """A window and the number of clicks made in it since the last question was sent."""

    def __init__(self, page: Page, ground: Ground) -> None:
        self.page = page
        self.ground = ground
        self.clicks = 0

    def click(self, what: Locator) -> None:
        what.click()
        self.clicks += 1

    def search(self, words: str) -> None:
        """Write a question into the search box of the page shown and send it by Enter."""
        self.page.locator("#q").fill(words)
        self.page.locator("#q").press("Enter")
        expect(self.page.locator("main h1 bdi")).to_have_text(words)
        self.clicks = 0

    def found(self) -> Locator:
        """Return the slide looked for, among the hits."""
        name = re.compile(rf"\b{self.ground.slide_number}\W+{re.escape(self.ground.slide_title)}")
        return self.page.get_by_role("article").get_by_role("link", name=name)

    def filters(self) -> Locator:
        """Return the links that take a chosen filter away."""
        return self.page.get_by_role("link", name="Ta bort filtret")

    def choices(self, words: str) -> Locator:
        """Return the links that choose a filter with these words; none while the filters are folded."""
        return self.page.get_by_role("complementary").get_by_role("link").filter(has_text=words)

    def first_hit(self) -> Locator:
        """Return the first slide of the first result."""
        return self.page.get_by_role("article").get_by_role("listitem").get_by_role("link").first

    def sees_slide(self, number: int, name: str = "Bild") -> None:
        """See that a slide stands in the window, its picture drawn and the words marked on it."""
        expect(self.page.locator("h1")).to_contain_text(re.compile(rf"^\s*{name} {number}\b"))
        picture = self.page.locator("figure img")
        expect(picture).to_have_js_property("naturalWidth", 1280)
        expect(self.page.locator("figure svg rect").first).to_be_visible()
        expect(self.page.locator("section[aria-labelledby=text] mark").first).to_be_visible()

    def tab_to(self, selector: str) -> None:
        """Press Tab until something that a selector describes has the focus."""
        for _ in range(STOPS_MAX):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"Tab does not lead to {selector}")
