"""Every page for those who sign in by axe-core, in each way a page can be looked at."""

import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from archive.app import Archive
from archive.model.accounts import Role
from archive.settings.sections import WebSettings
from archive.web.factory import create_app
from archive.web.http.signed_in import COOKIE
from archive.web.server.listen import listen
from tests.filled_archive import opened
from tests.waiting import HANG_S
from tests.web.browser.test_axe import SCRIPT, looked_at_in_each_way
from tests.web.browsing import TIMEOUT_MS, chromium
from tests.web.people import session_cookie
from tests.web.staff_addresses import STAFF_NAMES, StaffBuilt, every_staff_page, fill

__all__ = ["chromium"]

pytestmark = [pytest.mark.browser, pytest.mark.long]

_OF_NOBODY = ("sign in", "link", "speaker", "english speaker")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with opened(tmp_path_factory.mktemp("staff-axe"), uploads={"members_may_send": True}) as archive:
        yield archive


@pytest.fixture(scope="module")
def filled(archive: Archive) -> StaffBuilt:
    return fill(archive)


@pytest.fixture(scope="module")
def site(archive: Archive) -> Iterator[str]:
    server = listen(create_app(archive), WebSettings(), "127.0.0.1", 0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.stop()
    thread.join(timeout=HANG_S)
    server.close()


@pytest.fixture(scope="module")
def contexts(chromium: Browser, archive: Archive, site: str) -> Iterator[dict[bool, BrowserContext]]:
    """A context of an admin (True), and one of nobody."""
    made = {
        is_admin: chromium.new_context(base_url=site, reduced_motion="reduce") for is_admin in (True, False)
    }
    for context in made.values():
        context.set_default_timeout(TIMEOUT_MS)
        context.add_init_script(SCRIPT)
    token = session_cookie(archive, Role.ADMIN)["Cookie"].partition("=")[2]
    place = site.replace("http:", "https:")
    made[True].add_cookies([{"name": COOKIE, "value": token, "url": place, "secure": True}])
    yield made
    for context in made.values():
        context.close()


@pytest.fixture(scope="module")
def pages(contexts: dict[bool, BrowserContext]) -> dict[bool, Page]:
    return {is_admin: context.new_page() for is_admin, context in contexts.items()}


@pytest.mark.parametrize("name", STAFF_NAMES)
def test_page_for_those_who_sign_in_has_no_violation(
    pages: dict[bool, Page], filled: StaffBuilt, name: str
) -> None:
    address = every_staff_page(filled)[name]
    page = pages[name not in _OF_NOBODY]
    assert looked_at_in_each_way(page, address) == {}
    assert page.url.endswith(address), "another page came instead"
