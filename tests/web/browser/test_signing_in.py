"""Signing in with a real browser: passkeys by Chromium's virtual authenticator, the keyboard, axe."""

import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from archive.app import Archive, open_archive
from archive.model.accounts import Role
from archive.settings.sections import WebSettings
from archive.settings.settings import Settings
from archive.web.factory import create_app
from archive.web.server.listen import listen
from tests.waiting import HANG_S
from tests.web.browser.test_axe import ALL, OVERFLOW, violations
from tests.web.browsing import TIMEOUT_MS
from tests.web.people import add_person

pytestmark = [pytest.mark.browser, pytest.mark.long]

_AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with open_archive(Settings(data=tmp_path_factory.mktemp("people") / "data")) as opened:
        yield opened


@pytest.fixture(scope="module")
def address(archive: Archive) -> Iterator[str]:
    server = listen(create_app(archive), WebSettings(), "127.0.0.1", 0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{server.port}"  # passkeys are bound to names
    finally:
        server.stop()
        thread.join(timeout=HANG_S)
        server.close()


@pytest.fixture
def window(chromium: Browser, address: str) -> Iterator[Page]:
    context = chromium.new_context(base_url=address, reduced_motion="reduce")
    context.set_default_timeout(TIMEOUT_MS)
    yield context.new_page()
    context.close()


class Authenticator:
    """Chromium's virtual authenticator in a window."""

    def __init__(self, window: Page) -> None:
        self._session: CDPSession = window.context.new_cdp_session(window)
        self._session.send("WebAuthn.enable")
        made = self._session.send("WebAuthn.addVirtualAuthenticator", {"options": _AUTHENTICATOR})
        self._named = {"authenticatorId": made["authenticatorId"]}

    def verifies(self, does: bool) -> None:
        """Let its user be verified, or not."""
        self._session.send("WebAuthn.setUserVerified", {**self._named, "isUserVerified": does})


def press(window: Page, name: str) -> None:
    """Go to a button by the keyboard alone, and press it."""
    button = window.get_by_role("button", name=name, exact=True)
    for _ in range(40):
        window.keyboard.press("Tab")
        if button.evaluate("button => button === document.activeElement"):
            break
    expect(button).to_be_focused()
    window.keyboard.press("Enter")


def test_passkey_by_link_then_one_button_signs_in_by_keyboard_alone(
    archive: Archive, address: str, window: Page
) -> None:
    Authenticator(window)
    # As in browsers that offer nothing at the login's field; the authenticator would take that by itself.
    window.add_init_script("delete PublicKeyCredential.isConditionalMediationAvailable")
    window.goto(add_person(archive, "anna@example.org", Role.STAFF))
    press(window, "Skapa en passnyckel och logga in")
    window.wait_for_url(f"{address}/")
    window.goto("/account")
    expect(window.get_by_role("region", name="Passnycklar")).to_contain_text("inte använd än")
    press(window, "Logga ut")
    window.wait_for_url(f"{address}/")
    window.goto("/sign-in?next=/staff")
    press(window, "Logga in med passnyckel")
    window.wait_for_url(f"{address}/staff")
    window.goto("/account")
    expect(window.get_by_role("region", name="Passnycklar")).to_contain_text("senast använd")


def test_passkey_is_offered_at_the_field_of_the_login(archive: Archive, address: str, window: Page) -> None:
    Authenticator(window)
    window.goto(add_person(archive, "cia@example.org", Role.STAFF))
    window.get_by_role("button", name="Skapa en passnyckel och logga in").click()
    window.wait_for_url(f"{address}/")
    window.context.clear_cookies()
    window.goto("/sign-in?next=/staff")  # the authenticator takes the offer
    window.wait_for_url(f"{address}/staff")


def test_added_passkey_that_its_user_refuses_is_said_on_the_page(
    archive: Archive, address: str, window: Page
) -> None:
    authenticator = Authenticator(window)
    window.goto(add_person(archive, "bo@example.org", Role.MEMBER))
    window.get_by_role("button", name="Skapa en passnyckel och logga in").click()
    window.wait_for_url(f"{address}/")
    window.goto("/account")
    window.get_by_role("button", name="Skapa en passnyckel").click()
    expect(window.get_by_role("alert")).to_contain_text("finns redan en passnyckel")
    authenticator.verifies(False)
    window.context.clear_cookies()
    window.goto("/sign-in")
    window.get_by_role("button", name="Logga in med passnyckel").click()
    expect(window.get_by_role("alert")).to_contain_text("Försök igen")
    expect(window).to_have_url(f"{address}/sign-in")


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("width", [1200, 360])
def test_pages_about_signing_in_have_no_violation(
    archive: Archive, window: Page, width: int, language: str
) -> None:
    window.set_viewport_size({"width": width, "height": 800})
    Authenticator(window)
    found = {}
    link = add_person(archive, f"eva{width}{language[1:]}", Role.MEMBER)
    for path in ("/sign-in", link, "/account"):
        window.goto(f"{language}{path}")
        found[path] = violations(window, ALL)
        assert window.evaluate(OVERFLOW) <= 0, f"{path} scrolls sideways"
        if path == link:
            window.locator("form[data-passkey] button").click()
            window.wait_for_url(lambda url: "/link/" not in url)
    assert {path: what for path, what in found.items() if what} == {}
