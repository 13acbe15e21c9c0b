"""The way between the pages for staff: tabs where there is room, one menu on a phone, by keyboard too."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from archive.model.accounts import Role
from archive.web.http.signed_in import COOKIE
from tests.web.browser.test_axe import OVERFLOW
from tests.web.browsing import TIMEOUT_MS, chromium
from tests.web.people import session_cookie
from tests.web.uploading import UploadSite, upload_site

__all__ = ["chromium"]

pytestmark = [pytest.mark.browser, pytest.mark.long]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[UploadSite]:
    with upload_site(tmp_path_factory.mktemp("menu") / "data", has_workers=False) as served:
        yield served


@pytest.fixture
def page(chromium: Browser, site: UploadSite) -> Iterator[Page]:
    context = chromium.new_context(base_url=site.address, java_script_enabled=False)
    context.set_default_timeout(TIMEOUT_MS)
    token = session_cookie(site.archive, Role.ADMIN)["Cookie"].partition("=")[2]
    place = site.address.replace("http:", "https:")
    context.add_cookies([{"name": COOKIE, "value": token, "url": place, "secure": True}])
    yield context.new_page()
    context.close()


def test_menu_on_a_phone_is_one_line_until_it_is_opened(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/staff/jobs")
    menu = page.get_by_role("navigation", name="För personal")
    assert menu.evaluate("one => one.getBoundingClientRect().height") < 100
    expect(menu.get_by_role("link")).to_have_count(0)
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(menu.get_by_role("link", name="Jobb")).to_have_attribute("aria-current", "page")
    assert page.evaluate(OVERFLOW) <= 0
    page.keyboard.press("Tab")
    expect(menu.get_by_role("link", name="Översikt")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Personal")


def test_tabs_stand_where_there_is_room(page: Page) -> None:
    page.set_viewport_size({"width": 1200, "height": 800})
    page.goto("/staff/jobs")
    menu = page.get_by_role("navigation", name="För personal")
    expect(menu.get_by_role("link", name="Journal")).to_be_visible()
    assert menu.locator("summary").count() == 0
