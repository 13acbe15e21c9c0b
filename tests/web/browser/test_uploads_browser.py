"""Files dropped on the page of staff, in Chromium: until each row says that it can be searched."""

import base64
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, Route, expect

from archive.catalogue.events.new_event import NewEvent, NewTalk
from archive.catalogue.events.save_event import save_event
from archive.web.http.signed_in import COOKIE
from tests.web.browsing import SIZES, TIMEOUT_MS, chromium, steps_done
from tests.web.cutting_proxy import cutting_proxy
from tests.web.uploading import UploadSite, upload_site

__all__ = ["chromium"]

pytestmark = [pytest.mark.browser, pytest.mark.long]

SAMPLES = Path(__file__).parents[3] / "samples" / "seminar"
MIB = 1024 * 1024
DECKS = sorted(SAMPLES.glob("*.pptx"))

_DROP = """files => {
  const transfer = new DataTransfer();
  for (const [name, content] of files) {
    const bytes = Uint8Array.from(atob(content), letter => letter.charCodeAt(0));
    transfer.items.add(new File([bytes], name, { lastModified: 1 }));
  }
  for (const type of ["dragover", "drop"]) {
    const options = { dataTransfer: transfer, bubbles: true, cancelable: true };
    document.querySelector("h1").dispatchEvent(new DragEvent(type, options));
  }
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[UploadSite]:
    with upload_site(tmp_path_factory.mktemp("uploads") / "data") as served:
        yield served


def _context(chromium: Browser, site: UploadSite, size: str, scripted: bool = True) -> BrowserContext:
    width = SIZES[size]
    context = chromium.new_context(
        viewport={"width": width["width"], "height": width["height"]},
        base_url=site.address,
        java_script_enabled=scripted,
    )
    context.set_default_timeout(TIMEOUT_MS)
    context.add_cookies(
        [
            {
                "name": COOKIE,
                "value": site.cookie,
                "url": site.address.replace("http:", "https:"),
                "secure": True,
            }
        ]
    )
    return context


@pytest.fixture
def staff(chromium: Browser, site: UploadSite) -> Iterator[Page]:
    context = _context(chromium, site, "phone")
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    context.close()
    assert said == []


def assert_accessible(page: Page) -> None:
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


def drop(page: Page, *files: tuple[str, bytes]) -> None:
    """Drop files on the page, away from every form."""
    expect(page.get_by_text("Släpp filer var som helst")).to_be_visible()
    page.evaluate(_DROP, [[name, base64.b64encode(content).decode()] for name, content in files])


def test_decks_that_are_dropped_become_searchable(staff: Page, site: UploadSite) -> None:
    staff.goto("/staff")
    drop(staff, *((deck.name, deck.read_bytes()) for deck in DECKS))
    for deck in DECKS:
        row = staff.locator("[data-row]").filter(has_text=deck.name)
        expect(steps_done(row, "sökbar")).to_have_count(1)
        expect(row).to_contain_text("läst (")
    assert staff.evaluate("document.documentElement.scrollWidth") <= SIZES["phone"]["width"]
    assert_accessible(staff)
    rows = [row for row in site.rows() if row.upload.given.filename in {deck.name for deck in DECKS}]
    assert sorted(row.upload.given.sha256 != "" for row in rows) == [True] * 4


def test_dropped_files_with_a_seminar_file_become_its_event(staff: Page, site: UploadSite) -> None:
    seminar = """[event]
title = "Vattnet i skogen"
date = 2024-09-17
[[talk]]
topic = "Källor och bäckar"
deck = "källor.txt"
[[talk.speaker]]
name = "Anna Ek"
"""
    staff.goto("/staff")
    files = [("seminar.toml", seminar.encode()), ("källor.txt", "Källor och bäckar i skogen.".encode())]
    drop(staff, *files, ("bredvid.txt", b"Det som inte hor dit."))
    row = staff.locator("[data-row]").filter(has_text="seminarium.zip")
    deck = row.get_by_role("listitem").filter(has_text="källor.txt")
    expect(steps_done(deck, "sökbar")).to_have_count(1)
    expect(row).to_contain_text("bredvid.txt")
    deck.get_by_role("link", name="Källor och bäckar").click()
    staff.get_by_role("link", name="Vattnet i skogen").first.click()
    expect(staff.locator("main")).to_contain_text("Utkast: bara personal ser seminariet.")
    assert_accessible(staff)
    address = staff.url
    visitor = staff.context.browser.new_context() if staff.context.browser else None
    assert visitor
    answer = visitor.request.get(address)
    assert answer.status == 404
    staff.get_by_role("button", name="Publicera seminariet").click()
    expect(staff.locator("main")).not_to_contain_text("Utkast: bara")
    assert visitor.request.get(address).status == 200
    visitor.close()


def test_deck_dropped_on_a_talk_becomes_its_own(staff: Page, site: UploadSite) -> None:
    with site.archive.database.write() as session:
        talks = (NewTalk("Jordens lager", 1), NewTalk("Bergets lager", 2))
        event_id = save_event(session, NewEvent("Under marken", talks=talks), "test").event_id
    staff.goto(f"/e/{event_id}")
    expect(staff.get_by_text("Släpp filer var som helst")).to_be_visible()
    assert_accessible(staff)
    given = [["lager.txt", base64.b64encode(b"Lager under lager, djupt ner.").decode()]]
    staff.evaluate(_DROP.replace('"h1"', '"[data-drop-talk]:nth-of-type(2)"'), given)
    row = staff.locator("[data-row]").filter(has_text="lager.txt")
    expect(steps_done(row, "sökbar")).to_have_count(1)
    staff.reload()
    expect(staff.get_by_role("link", name="Bergets lager").first).to_be_visible()
    expect(staff.locator("[data-drop-talk]")).to_have_count(1)
    staff.get_by_text("Lägg in bildspelet").click()
    staff.get_by_label("Föredragets fil").set_input_files(
        FilePayload(name="jord.txt", mimeType="text/plain", buffer=b"Jord under jord, lager under lager.")
    )
    staff.locator("details", has_text="Lägg in bildspelet").get_by_role("button", name="Lägg in").click()
    row = staff.locator("[data-row]").filter(has_text="jord.txt")
    expect(steps_done(row, "sökbar")).to_have_count(1)
    drop(staff, ("samma jord.txt", b"Jord under jord, lager under lager."))
    local = staff.locator("[data-local] > li").filter(has_text="samma jord.txt")
    expect(local).to_contain_text("hör redan till ett seminarium")
    expect(local).to_contain_text("redan dokumentets nyaste version")
    expect(local.get_by_role("button", name="Ny version av det")).to_have_count(0)
    expect(local.get_by_role("button", name="Koppla hit")).to_have_count(0)
    assert_accessible(staff)


def test_file_that_is_there_already_is_told_before_it_is_sent(staff: Page, site: UploadSite) -> None:
    report = next(SAMPLES.glob("*.pdf"))
    staff.goto("/staff")
    drop(staff, (report.name, report.read_bytes()))
    row = staff.locator("[data-row]").filter(has_text=report.name)
    expect(steps_done(row, "sökbar")).to_have_count(1)
    before = len(site.rows())
    drop(staff, ("Samma rapport.pdf", report.read_bytes()), ("tom.pptx", b""), ("film.mp4", b"x"))
    local = staff.locator("[data-local] > li")
    expect(local.filter(has_text="Samma rapport.pdf")).to_contain_text("Finns redan:")
    expect(local.filter(has_text="tom.pptx")).to_contain_text("0 byte")
    expect(local.filter(has_text="film.mp4")).to_contain_text("kan inte läsas")
    assert_accessible(staff)
    assert len(site.rows()) == before
    local.filter(has_text="Samma rapport.pdf").get_by_role("button", name="Ändå ett nytt dokument").click()
    row = staff.locator("[data-row]").filter(has_text="Samma rapport.pdf")
    expect(steps_done(row, "sökbar")).to_have_count(1)
    same = [row for row in site.rows() if row.upload.given.filename in (report.name, "Samma rapport.pdf")]
    assert len({file.uploaded.document_id for row in same for file in row.files}) == len(same) == 2


def test_without_scripts_the_form_gives_the_same_rows(chromium: Browser, site: UploadSite) -> None:
    context = _context(chromium, site, "desk", scripted=False)
    page = context.new_page()
    page.goto("/staff")
    page.get_by_label("Filer", exact=True).set_input_files(
        FilePayload(name="protokoll.txt", mimeType="text/plain", buffer="Länsstyrelsen möter orten.".encode())
    )
    page.get_by_role("button", name="Lägg in").first.click()
    row = page.locator("[data-row]").filter(has_text="protokoll.txt")
    expect(steps_done(row, "sökbar")).to_have_count(1)
    context.close()


def test_row_is_worked_with_the_keyboard_and_keeps_the_focus(staff: Page, site: UploadSite) -> None:
    staff.goto("/staff")
    drop(staff, ("skräp.xyz", b"\0\1\2" * 400))
    row = staff.locator("[data-row]").filter(has_text="skräp.xyz")
    expect(row).to_contain_text("togs inte emot")
    row.locator("summary", has_text="Ersätt filen").focus()
    staff.keyboard.press("Enter")
    staff.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(row.get_by_label("Ny fil")).to_be_visible()
    expect(row.locator("summary", has_text="Ersätt filen")).to_be_focused()
    remove = row.get_by_role("button", name="Ta bort raden")
    remove.focus()
    staff.keyboard.press("Enter")
    expect(row).to_have_count(0)


def test_file_arrives_bit_exact_through_a_link_that_is_cut_again_and_again(
    chromium: Browser, tmp_path: Path
) -> None:
    content = random.Random(5).randbytes(24 * MIB + 5)
    file = tmp_path / "stor.pptx"
    file.write_bytes(content)
    # A cut costs a piece at most. On a slow link a piece is as large as goes in 0.15 s; here it is the
    # smallest there is, against what goes over such a link in 20 s.
    pieces = {"piece_max_bytes": 64 * 1024}
    with (
        upload_site(tmp_path / "data", has_workers=False, uploads=pieces) as site,
        cutting_proxy(site.port, cut_every_bytes=7 * MIB) as proxy,
    ):
        site.address = f"http://127.0.0.1:{proxy.port}"
        context = _context(chromium, site, "desk")
        page = context.new_page()
        page.goto("/staff")
        expect(page.get_by_text("Släpp filer var som helst")).to_be_visible()
        page.get_by_label("Filer", exact=True).set_input_files(file)
        expect(steps_done(page.locator("[data-row]"))).to_have_text("✓ mottagen")
        context.close()
        assert site.archive.receiving.store.path(site.rows()[0].upload.id).read_bytes() == content
    assert proxy.cuts >= 3
    assert proxy.body_bytes <= 1.01 * len(content)


def test_file_goes_on_after_the_browser_was_closed(chromium: Browser, tmp_path: Path) -> None:
    content = random.Random(6).randbytes(2 * MIB)
    file = tmp_path / "bild.pptx"
    file.write_bytes(content)
    pieces = {"piece_max_bytes": 64 * 1024}
    with upload_site(tmp_path / "data", has_workers=False, uploads=pieces) as site:
        context = _context(chromium, site, "desk")
        first = context.new_page()
        first.goto("/staff")
        expect(first.get_by_text("Släpp filer var som helst")).to_be_visible()
        first.route("**/staff/uploads/*", lambda route: _until(route, site, MIB))
        first.get_by_label("Filer", exact=True).set_input_files(file)
        expect(first.locator("[data-row]")).to_contain_text("tas emot, 50 %")
        first.close()
        second = context.new_page()
        second.goto("/staff")
        expect(second.locator("[data-row]")).to_contain_text("tas emot, 50 %")
        second.get_by_label("Filer", exact=True).set_input_files(file)
        expect(steps_done(second.locator("[data-row]"))).to_have_text("✓ mottagen")
        context.close()
        assert site.archive.receiving.store.path(site.rows()[0].upload.id).read_bytes() == content


def _sizes(site: UploadSite) -> list[int]:
    store = site.archive.receiving.store
    return [store.size_bytes(upload_id) for upload_id in store.upload_ids()]


def _until(route: Route, site: UploadSite, size_bytes: int) -> None:
    """Let pieces through until so many bytes are there, then no more."""
    if route.request.method == "PATCH" and _sizes(site) == [size_bytes]:
        route.abort()
    else:
        route.continue_()
