"""The whole way by keyboard: a member sends a deck in, a speaker proposes by a link, staff decide on both."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from archive.accounts.speaker_links import new_speaker_link
from archive.catalogue.editing import talks
from archive.catalogue.events.new_event import NewEvent, NewSpeaker, NewTalk
from archive.catalogue.events.save_event import save_event
from archive.catalogue.publishing.drafts import drafts
from archive.catalogue.versions import newest_version
from archive.model.accounts import Role
from archive.web.http.signed_in import COOKIE
from tests.filled_archive import add
from tests.waiting import wait_until
from tests.web.browser.test_axe import ALL, OVERFLOW, violations
from tests.web.browsing import TIMEOUT_MS, chromium, said
from tests.web.people import session_cookie
from tests.web.uploading import UploadSite, upload_site

__all__ = ["chromium"]

pytestmark = [pytest.mark.browser, pytest.mark.long]

_STOPS_MAX = 60
_PHONE: ViewportSize = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[UploadSite]:
    data = tmp_path_factory.mktemp("sending") / "data"
    with upload_site(data, uploads={"members_may_send": True}) as served:
        yield served


@contextmanager
def page_of(
    chromium: Browser, site: UploadSite, role: Role | None, has_scripts: bool = True
) -> Iterator[Page]:
    context = chromium.new_context(
        base_url=site.address, viewport=_PHONE, reduced_motion="reduce", java_script_enabled=has_scripts
    )
    context.set_default_timeout(TIMEOUT_MS)
    if role is not None:
        token = session_cookie(site.archive, role)["Cookie"].partition("=")[2]
        place = site.address.replace("http:", "https:")
        context.add_cookies([{"name": COOKIE, "value": token, "url": place, "secure": True}])
    yield context.new_page()
    context.close()


def tab_to(page: Page, wanted: Locator) -> None:
    """Go on with the tab key until something is in focus."""
    for _ in range(_STOPS_MAX):
        page.keyboard.press("Tab")
        if wanted.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"the tab key never came to {wanted}")


def assert_fits(page: Page) -> None:
    assert violations(page, ALL) == []
    assert page.evaluate(OVERFLOW) <= 0


def draft_count(site: UploadSite) -> int:
    with site.archive.database.read() as session:
        return sum(one.record.document.version.category is not None for one in drafts(session))


def test_member_sends_a_deck_in_and_reads_what_staff_say(
    chromium: Browser, site: UploadSite, tmp_path: Path
) -> None:
    deck, program = tmp_path / "skog.txt", tmp_path / "program.zip"
    deck.write_text("Länsstyrelsen möter kommunerna om skogen.", "utf-8")
    program.write_bytes(b"PK\x05\x06" + 18 * b"\0")
    with page_of(chromium, site, Role.MEMBER) as page:
        page.goto("/send-in")
        page.locator("#files").set_input_files([str(deck), str(program)])
        page.locator("#title").focus()
        page.keyboard.type("Skogens framtid")
        tab_to(page, page.get_by_role("button", name="Skicka in", exact=True))
        page.keyboard.press("Enter")
        expect(page.locator("#rights")).to_be_focused()
        expect(page.locator("#rights-error")).to_be_visible()
        assert_fits(page)
        page.keyboard.press("Space")
        tab_to(page, page.get_by_role("button", name="Skicka in", exact=True))
        page.keyboard.press("Enter")
        expect(page.locator("ul[data-sending]")).to_contain_text("En zip går inte att skicka in.")
        page.get_by_role("link", name="Se vad som har skickats in").click()
        sent = page.get_by_role("region", name="Det du har skickat in")
        expect(sent.get_by_role("heading", level=3)).to_have_text("Skogens framtid")
        expect(sent.get_by_role("listitem").first).to_contain_text("skog.txt")
        assert_fits(page)
        wait_until(lambda: draft_count(site) == 1, "the deck to be read")
        with page_of(chromium, site, Role.STAFF, has_scripts=False) as staff:
            staff.goto("/staff/queue?missing=draft")
            expect(staff.get_by_text("Inskickat av")).to_be_visible()
            staff.keyboard.press("Enter")
            expect(staff.locator("#title")).to_have_value("Skogens framtid")
            tab_to(staff, staff.get_by_text("Avböj …"))
            staff.keyboard.press("Enter")
            tab_to(staff, staff.locator("#reason"))
            staff.keyboard.type("Den finns redan.")
            staff.keyboard.press("Tab")
            staff.keyboard.press("Enter")
            expect(said(staff, "Avböjt.")).to_be_visible()
        page.goto("/send-in")
        expect(sent.get_by_text("Avböjd:")).to_have_text("Avböjd: Den finns redan.")


def test_speaker_corrects_a_role_and_sends_a_deck_by_a_link(
    chromium: Browser, site: UploadSite, tmp_path: Path
) -> None:
    archive = site.archive
    new = NewEvent("Malmdagen", talks=(NewTalk("Gruvor", 1, speakers=(NewSpeaker("Eva Ek", "geolog"),)),))
    with archive.database.write() as session:
        talk = save_event(session, new, "test").talk_ids[0]
    document = add(archive, "gruvor", "Gamla ord om gruvan", talk=talk)
    path = new_speaker_link(archive.database, talk, 1, archive.settings.accounts, "anna")[1]
    deck = tmp_path / "nytt.txt"
    deck.write_text("Nya ord om gruvan och framtiden.", "utf-8")
    before = draft_count(site)
    with page_of(chromium, site, None) as page:
        page.goto(path)
        page.locator("#files").set_input_files(str(deck))
        page.locator("#role").focus()
        page.keyboard.press("Control+A")
        page.keyboard.type("statsgeolog")
        tab_to(page, page.locator("#rights"))
        page.keyboard.press("Space")
        tab_to(page, page.get_by_role("button", name="Skicka förslaget"))
        page.keyboard.press("Enter")
        expect(said(page, "Tack!")).to_be_visible()
        assert page.context.cookies() == []
        assert_fits(page)
        wait_until(lambda: draft_count(site) == before + 1, "the deck to be read")
        with page_of(chromium, site, Role.STAFF, has_scripts=False) as staff:
            staff.goto("/staff/queue")
            tab_to(staff, staff.get_by_role("region", name="Förslag från talare").get_by_role("link"))
            staff.keyboard.press("Enter")
            expect(staff.locator("ins").first).to_have_text("statsgeolog")
            tab_to(staff, staff.get_by_role("button", name="Inför det som är ikryssat"))
            staff.keyboard.press("Enter")
            expect(said(staff, "är infört")).to_be_visible()
        page.goto(path)
        expect(page.get_by_text("Ditt förslag är granskat.")).to_be_visible()
        expect(page.locator("#role")).to_have_value("statsgeolog")
    with archive.database.read() as session:
        assert talks.known(session, talk).speakers[0].role == "statsgeolog"
        assert newest_version(session, document).number == 2
