"""Who gets the file itself, and what others get instead (`originals` in the settings)."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from pypdfium2 import PdfDocument

from archive.app import Archive, open_archive
from archive.catalogue import documents, pages
from archive.catalogue.accept import NewDocument, accept
from archive.ingest.filetypes.media_types import DOC, MAIL, PDF, PPTX
from archive.model.documents import DocumentKind, Original
from archive.model.extraction import Extraction, Outcome
from archive.model.pages import BlockField, Page
from archive.settings.settings import Settings
from archive.web.factory import create_app
from tests.filled_archive import block, slide
from tests.ingest.extractors.pdfs import pdf
from tests.web.conftest import Client
from tests.web.page_tree import text, tree

CLEAN = (slide("Ett"), slide("Två"))
WITH_NOTES = (slide("Ett", notes="hemligt"), slide("Två"))
WITH_HIDDEN = (slide("Ett"), slide("Dold", hidden=True), slide("Tre"))
WITH_COMMENT = (replace(slide("Ett"), blocks=(block(BlockField.COMMENT, "hemligt"),)),)
WITH_ATTACHED = (replace(slide("Ett"), blocks=(block(BlockField.EMBEDDED, "bilaga.pptx"),)),)
BROKEN = (replace(slide("Ett"), broken="Part of it is lost."),)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with open_archive(Settings(data=tmp_path_factory.mktemp("originals") / "data")) as opened:
        yield opened


def add(
    archive: Archive,
    read: tuple[Page, ...],
    media_type: str = PPTX,
    outcome: Outcome = Outcome.OK,
    drawn: bool = False,
) -> str:
    """Take in a file that was read so, with the PDF that LibreOffice made of it."""
    data = _pages(len(read)) if media_type == PDF else f"{read}{media_type}{outcome}{drawn}".encode()
    stored = archive.originals.put_bytes(data + b"\n%" + str(read).encode("ascii", "ignore"))
    original = Original(stored.sha256, stored.size_bytes, media_type)
    new = NewDocument(DocumentKind.DECK, "Plan", f"test:{stored.sha256}", "plan.x", original)
    drawn_sha256 = archive.pictures.put_bytes(_pages(len(read))).sha256 if drawn else ""
    with archive.database.write() as session:
        accepted = accept(session, new, "test")
        extraction = Extraction(outcome, with_numbers(read), "test")
        pages.save_extraction(session, accepted.newest.id, extraction, "sv", media_type)
        pages.finish_pictures(session, accepted.newest.id, "", drawn_sha256)
    return accepted.document.id


def with_numbers(read: tuple[Page, ...]) -> tuple[Page, ...]:
    return tuple(replace(page, number=number) for number, page in enumerate(read, 1))


def _pages(count: int) -> bytes:
    return pdf([[(f"Bild {number}", 70, 700, 20)] for number in range(1, count + 1)])


def client_of(archive: Archive, visitor: str = "public", originals: str = "clean") -> FlaskClient:
    web = archive.settings.web.model_copy(update={"visitor": visitor})
    settings = archive.settings.model_copy(update={"web": web, "originals": originals})
    application = create_app(replace(archive, settings=settings))
    application.test_client_class = Client
    return application.test_client()


def statuses(client: FlaskClient, document: str) -> set[int]:
    """Return how every way to the file answers."""
    address = f"/d/{document}/original"
    ways = [
        client.get(address),
        client.head(address),
        client.get(address, headers={"Range": "bytes=0-3"}),
        client.get(f"/en{address}"),
        client.get(f"/d/{document}/version/1/original"),
        client.get(address, headers={"If-None-Match": "*"}),
    ]
    for way in ways:
        way.close()
    return {way.status_code for way in ways}


@pytest.mark.parametrize(
    ("read", "media_type", "outcome"),
    [
        (WITH_NOTES, PPTX, Outcome.OK),
        (WITH_HIDDEN, PPTX, Outcome.OK),
        (WITH_COMMENT, PPTX, Outcome.OK),
        (BROKEN, PPTX, Outcome.OK_PARTIAL),
        (CLEAN, PPTX, Outcome.OK_PARTIAL),
        ((), PPTX, Outcome.PASSWORD),
        (CLEAN, DOC, Outcome.OK),
        (CLEAN, MAIL, Outcome.OK),
        (WITH_ATTACHED, PDF, Outcome.OK),
    ],
)
def test_file_that_holds_or_may_hold_what_is_for_staff_goes_to_staff_alone(
    filled: Archive, read: tuple[Page, ...], media_type: str, outcome: Outcome
) -> None:
    document = add(filled, read, media_type, outcome)
    for visitor in ("public", "members"):
        client = client_of(filled, visitor)
        assert statuses(client, document) == {404}
        shown = tree(client, f"/d/{document}")
        assert not shown.xpath("//a[contains(@href, '/original')]")
        assert "bara" in text(shown)
    staff = client_of(filled, "staff")
    assert statuses(staff, document) <= {200, 206, 304}
    assert tree(staff, f"/d/{document}").xpath("//a[contains(@href, '/original')]")
    assert statuses(client_of(filled, originals="everybody"), document) <= {200, 206, 304}


@pytest.mark.parametrize(
    ("read", "media_type"), [(CLEAN, PPTX), (CLEAN, PDF), ((slide("", "Ord"),), "text/plain")]
)
def test_file_in_which_nothing_is_for_staff_goes_to_everybody_but_where_originals_are_for_staff(
    filled: Archive, read: tuple[Page, ...], media_type: str
) -> None:
    document = add(filled, read, media_type)
    assert statuses(client_of(filled), document) <= {200, 206, 304}
    assert statuses(client_of(filled, originals="staff"), document) == {404}


def words(data: bytes) -> list[str]:
    with PdfDocument(data) as document:
        return [page.get_textpage().get_text_range() for page in document]


def test_others_get_a_pdf_of_the_slides_that_they_may_see(filled: Archive) -> None:
    document = add(filled, WITH_HIDDEN, drawn=True)
    client = client_of(filled)
    (address,) = tree(client, f"/d/{document}").xpath("//a[contains(., 'PDF')]/@href")
    answer = client.get(address)
    assert words(answer.data) == ["Bild 1", "Bild 3"]
    assert b"Bild 2" not in answer.data
    assert answer.headers["Content-Disposition"] == "attachment; filename=ett.pdf"
    assert answer.headers["Cache-Control"] == "private, no-cache"
    again = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert words(client_of(filled, "staff").get(address).data) == ["Bild 1", "Bild 2", "Bild 3"]
    (of_slide,) = tree(client, f"/d/{document}/1").xpath("//a[contains(@href, 'document.pdf')]/@href")
    assert of_slide == address


def test_pdf_of_all_slides_does_not_say_who_made_the_file(filled: Archive) -> None:
    kept = _pages(2)
    with PdfDocument(kept) as document:
        assert document.get_metadata_dict()["Author"]
    data = client_of(filled).get(f"/d/{add(filled, CLEAN, drawn=True)}/document.pdf").data
    with PdfDocument(data) as document:
        assert len(document) == 2
        assert not any(document.get_metadata_dict().values())


def test_pdf_with_files_attached_comes_without_them(filled: Archive) -> None:
    document = add(filled, WITH_ATTACHED, PDF)
    assert words(client_of(filled).get(f"/d/{document}/document.pdf").data) == ["Bild 1"]


def test_there_is_no_pdf_of_what_was_not_drawn_or_may_not_be_seen(filled: Archive) -> None:
    assert client_of(filled).get(f"/d/{add(filled, WITH_NOTES)}/document.pdf").status_code == 404
    hidden = add(filled, (slide("Dold", hidden=True),), drawn=True)
    assert client_of(filled).get(f"/d/{hidden}/document.pdf").status_code == 404
    with filled.database.write() as session:
        documents.withdraw(session, hidden, "test")
    assert client_of(filled).get(f"/d/{hidden}/document.pdf").status_code == 410


def test_whole_deck_is_a_pdf_too_where_the_file_is_none(filled: Archive) -> None:
    def offered(document_id: str) -> list[str]:
        links = tree(client_of(filled), f"/d/{document_id}").xpath("//main//a/@href")
        return [one for one in map(str, links) if one.endswith(("/original", ".pdf"))]

    deck = add(filled, (slide("Hel"), slide("Presentation")), drawn=True)
    assert offered(deck) == [f"/d/{deck}/original", f"/d/{deck}/document.pdf"]
    report = add(filled, (slide("Hel"), slide("Rapport")), media_type=PDF)
    assert offered(report) == [f"/d/{report}/original"]
    undrawn = add(filled, (slide("Aldrig"), slide("Ritad")))
    assert offered(undrawn) == [f"/d/{undrawn}/original"]
