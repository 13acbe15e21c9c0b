"""One slide as a PDF for a visitor: cut from what the archive keeps, or made of the slide's picture."""

import io
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

import pikepdf
import pypdfium2
import pytest
from PIL import Image
from pptx import Presentation
from pptx.util import Inches

from archive.app import Archive
from archive.catalogue import pages
from archive.errors import Busy, NotFound, PictureError
from archive.ingest.libreoffice.finding import find_office
from archive.ingest.progress import Stored
from archive.ingest.reading import draw_pages
from archive.ingest.reading.slide_pdf import SlidePdfs, slide_pdf_digest
from archive.model.documents import Version
from archive.model.pages import Block, BlockField, Page, Paragraph, Picture, WordBox
from archive.settings.sections import OcrSettings, PictureSettings
from tests.ingest.extractors.decks import add_box, saved
from tests.ingest.ingests import deck, ingest, report, version_of, with_settings, write
from tests.ingest.ocr.scans import picture_of, png_of

needs_office = pytest.mark.skipif(find_office() is None, reason="LibreOffice is not installed")
WITHOUT_OCR = OcrSettings(command="/nowhere/tesseract")
OFFICE = {"pictures": PictureSettings(large_width_px=640, small_width_px=80), "ocr": WITHOUT_OCR}
READ = WordBox("Återläst", 100.0, 60.0, 120.0, 24.0)


def slide(archive: Archive, path: Path, number: int = 1) -> tuple[Version, Page, Picture]:
    """Ingest a file with its pictures and return one of its slides."""
    (step,) = (step for step in ingest(archive, path).steps if isinstance(step, Stored))
    version = version_of(archive, step.version_id)
    with archive.database.read() as session:
        page, picture = pages.page(session, version.id, number), pages.picture(session, version.id, number)
    assert picture is not None
    return version, page, picture


def opened(data: bytes) -> tuple[str, tuple[float, float]]:
    """Return the words and the size of the one page of a PDF."""
    document = pypdfium2.PdfDocument(data)
    assert len(document) == 1
    return " ".join(document[0].get_textpage().get_text_range().split()), document[0].get_size()


def pictures_in(data: bytes) -> int:
    with pikepdf.open(io.BytesIO(data)) as document:
        streams = [one for one in document.objects if isinstance(one, pikepdf.Stream)]
        return sum(one.get("/Subtype") == pikepdf.Name.Image for one in streams)


def deck_with_a_hidden_picture() -> bytes:
    """Return three slides with a photograph each, the second hidden."""
    presentation = Presentation()
    for number in (1, 2, 3):
        page = presentation.slides.add_slide(presentation.slide_layouts[6])
        add_box(page.shapes, f"bild{number}", 50, 50)
        buffer = io.BytesIO()
        Image.frombytes("RGB", (90, 60), Random(number).randbytes(16_200)).save(buffer, "PNG")
        page.shapes.add_picture(buffer, Inches(1), Inches(2))
        if number == 2:
            page.element.set("show", "0")
    return saved(presentation)


def test_page_of_a_pdf_is_cut_out_of_it(archive: Archive, tmp_path: Path) -> None:
    version, page, picture = slide(archive, report(tmp_path / "a.pdf", "Regionen", page_count=3), 2)
    words, size_pt = opened(archive.slide_files.pdfs.pdf(version, page, picture))
    assert words == "Regionen"
    assert size_pt == pytest.approx((picture.width_pt, picture.height_pt), abs=0.1)


@needs_office
def test_slide_of_a_deck_is_cut_out_of_what_was_drawn(archive: Archive, tmp_path: Path) -> None:
    drawing = with_settings(archive, **OFFICE)
    version, page, picture = slide(drawing, write(tmp_path / "a.pptx", deck_with_a_hidden_picture()), 3)
    assert version.drawn_sha256
    data = archive.slide_files.pdfs.pdf(version, page, picture)
    assert opened(data) == ("bild3", (720.0, 540.0))
    assert pictures_in(data) == 1, "the picture of a hidden slide came along"


@needs_office
def test_slide_of_a_deck_drawn_before_is_made_of_its_picture(archive: Archive, tmp_path: Path) -> None:
    version, page, picture = slide(with_settings(archive, **OFFICE), deck(tmp_path / "a.pptx", "Energi"))
    data = archive.slide_files.pdfs.pdf(replace(version, drawn_sha256=""), page, picture)
    assert opened(data) == ("Energi", (720.0, 540.0))
    assert pictures_in(data) == 1


def test_image_becomes_a_page_with_the_words_read_in_it(archive: Archive, tmp_path: Path) -> None:
    path = write(tmp_path / "affisch.png", png_of(picture_of("Affisch")))
    version, page, picture = slide(archive, path)
    words, _ = opened(archive.slide_files.pdfs.pdf(version, page, replace(picture, words=(READ,))))
    assert words == READ.text


def test_words_read_in_a_scan_are_laid_over_its_page(archive: Archive, tmp_path: Path) -> None:
    version, page, picture = slide(archive, report(tmp_path / "a.pdf", "Regionen"))
    picture = replace(picture, words=(*picture.words, READ))
    read = replace(page, blocks=(*page.blocks, Block(BlockField.OCR, (Paragraph(READ.text),))))
    assert opened(archive.slide_files.pdfs.pdf(version, page, picture))[0] == "Regionen"
    assert sorted(opened(archive.slide_files.pdfs.pdf(version, read, picture))[0].split()) == [
        "Regionen",
        READ.text,
    ]


def test_page_that_cannot_be_cut_is_made_of_its_picture(archive: Archive, tmp_path: Path) -> None:
    version, page, picture = slide(archive, report(tmp_path / "a.pdf", "Regionen"))
    damaged = archive.originals.put_bytes(b"%PDF-1.7 damaged since")
    for sha256 in (damaged.sha256, "0" * 64):
        original = replace(version.original, sha256=sha256)
        data = archive.slide_files.pdfs.pdf(replace(version, original=original), page, picture)
        assert opened(data)[0] == "Regionen"
        assert pictures_in(data) == 1


def test_slide_whose_picture_is_gone_too_is_an_error(archive: Archive, tmp_path: Path) -> None:
    version, page, picture = slide(archive, write(tmp_path / "a.png", png_of(picture_of("Ord"))))
    with pytest.raises(NotFound):
        archive.slide_files.pdfs.pdf(version, page, replace(picture, large_sha256="0" * 64))
    spoilt = archive.pictures.put_bytes(b"RIFF\x04\0\0\0WEBP")
    with pytest.raises(PictureError, match="damaged"):
        archive.slide_files.pdfs.pdf(version, page, replace(picture, large_sha256=spoilt.sha256))


def test_fourth_visitor_at_once_is_asked_to_come_again(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    version, page, picture = slide(archive, report(tmp_path / "a.pdf", "Regionen"))
    go_on, made = threading.Event(), []
    under_way = threading.Semaphore(0)

    def slow(*_: object) -> bytes:
        under_way.release()
        assert go_on.wait(30)
        return b"%PDF-"

    monkeypatch.setattr(draw_pages, "cut_page", slow)
    ask: Callable[[], None] = lambda: made.append(archive.slide_files.pdfs.pdf(version, page, picture))  # noqa: E731
    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    assert under_way.acquire(timeout=30)
    while archive.slide_files.turns.waiting < 3:
        under_way.acquire(timeout=0.01)
    with pytest.raises(Busy):
        archive.slide_files.pdfs.pdf(version, page, picture)
    go_on.set()
    for thread in threads:
        thread.join(30)
    assert made == [b"%PDF-"] * 3
    assert archive.slide_files.pdfs.pdf(version, page, picture) == b"%PDF-"


def test_digest_changes_with_what_a_sheet_is_made_of(archive: Archive, tmp_path: Path) -> None:
    version, page, picture = slide(archive, report(tmp_path / "a.pdf", "Regionen", page_count=2))
    read = replace(page, blocks=(*page.blocks, Block(BlockField.OCR, (Paragraph("ord"),))))
    digests = {
        slide_pdf_digest(version, page, picture),
        slide_pdf_digest(version, replace(page, number=2), picture),
        slide_pdf_digest(replace(version, drawn_sha256="1" * 64), page, picture),
        slide_pdf_digest(version, page, replace(picture, large_sha256="2" * 64)),
        slide_pdf_digest(version, read, replace(picture, words=(READ,))),
    }
    assert len(digests) == 5
    assert all(len(one) == 64 for one in digests)
    assert isinstance(archive.slide_files.pdfs, SlidePdfs)
