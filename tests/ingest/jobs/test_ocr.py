"""Words in pictures of pages are found, with their places, after the text is searchable."""

from dataclasses import replace
from pathlib import Path

import pytest

from archive.app import Archive
from archive.catalogue import ocr_results, pages
from archive.catalogue.statistics import counts
from archive.errors import OcrError
from archive.ingest.jobs import ocr
from archive.ingest.ocr.tesseract import can_read, read_picture
from archive.ingest.progress import Extracted, Recognised
from archive.model.extraction import Outcome
from archive.model.pages import BlockField, OcrReason, Page, Picture
from archive.settings.sections import OcrSettings
from tests.ingest.extractors.pdfs import lines, pdf
from tests.ingest.ingests import Notes, found, ingest, version_of, with_settings, write
from tests.ingest.ocr.scans import HAS_FONT, picture_of, scanned_pdf

pytestmark = pytest.mark.skipif(
    not (can_read() and HAS_FONT), reason="Tesseract with Swedish data or the Liberation fonts are missing"
)
SCAN = ("Gruvnäringen i Bergslagen växer", "Export av järnmalm och koppar")


@pytest.fixture
def reading(archive: Archive) -> Archive:
    return with_settings(archive, ocr=OcrSettings())


def pages_of(archive: Archive, notes: Notes) -> tuple[Page, ...]:
    with archive.database.read() as session:
        return pages.pages(session, notes.stored[0].version_id)


def pictures_of(archive: Archive, notes: Notes) -> dict[int, Picture]:
    with archive.database.read() as session:
        return pages.pictures(session, notes.stored[0].version_id)


def scan_at(path: Path, *texts: str) -> Path:
    return write(path, scanned_pdf(picture_of(*texts)))


def test_scanned_page_is_found_and_its_words_have_places(reading: Archive, tmp_path: Path) -> None:
    notes = ingest(reading, scan_at(tmp_path / "skannad.pdf", *SCAN))
    assert [type(step) for step in notes.steps if isinstance(step, Extracted | Recognised)] == [
        Extracted,
        Recognised,
    ]
    assert notes.extracted[0].category is Outcome.EMPTY_NEEDS_OCR
    version = version_of(reading, notes.stored[0].version_id)
    assert (version.category, version.engine) == (Outcome.OK, "tesseract")
    assert found(reading, "järnmalm") == [("skannad.pdf", 1)]
    assert found(reading, '"Bergslagen växer"') == [("skannad.pdf", 1)]
    (page,) = pages_of(reading, notes)
    assert (page.reader, page.language, page.ocr_reason) == ("tesseract", "sv", OcrReason.NONE)
    box = next(word for word in pictures_of(reading, notes)[1].words if word.text.startswith("Gruvnäring"))
    # Where picture_of wrote it: 90 of 1,240 pixels from the left, 120 of 900 from above.
    assert box.x == pytest.approx(595 * 90 / 1240, abs=4)
    assert box.y == pytest.approx(432 * 125 / 900, abs=8)
    assert box.width > 5 * box.height


def test_words_that_the_page_says_itself_stay_as_they_are(reading: Archive, tmp_path: Path) -> None:
    text = write(tmp_path / "text.pdf", pdf([lines(["Vindkraft till havs"], 400)]))
    notes = ingest(reading, text)
    (page,) = pages_of(reading, notes)
    assert [block.field for block in page.blocks if block.field is BlockField.OCR] == []
    assert not [step for step in notes.steps if isinstance(step, Recognised)]


def test_page_with_few_words_keeps_them_and_gets_no_second_copy(reading: Archive, tmp_path: Path) -> None:
    notes = ingest(reading, write(tmp_path / "tack.pdf", pdf([lines(["Tack!"], 400)])))
    (page,) = pages_of(reading, notes)
    assert "Tack" in page.blocks[0].text
    assert not [block for block in page.blocks if block.field is BlockField.OCR]
    assert page.ocr_reason is OcrReason.NONE
    assert version_of(reading, notes.stored[0].version_id).engine != "tesseract"


def test_picture_without_words_stays_empty(reading: Archive, tmp_path: Path) -> None:
    notes = ingest(reading, scan_at(tmp_path / "tom.pdf"))
    version = version_of(reading, notes.stored[0].version_id)
    assert (version.category, version.message) == (Outcome.EMPTY_NEEDS_OCR, ocr_results.NO_WORDS_SEEN)


def test_without_tesseract_pages_wait_and_the_file_ingested_again_is_read(
    archive: Archive, reading: Archive, tmp_path: Path
) -> None:
    scan = scan_at(tmp_path / "skannad.pdf", *SCAN)
    notes = ingest(archive, scan)
    version_id = notes.stored[0].version_id
    with archive.database.read() as session:
        assert [page.number for page in ocr_results.waiting(session, version_id)] == [1]
    assert found(archive, "järnmalm") == []
    again = ingest(reading, scan)
    assert [step.category for step in again.steps if isinstance(step, Recognised)] == [Outcome.OK]
    assert found(reading, "järnmalm") == [("skannad.pdf", 1)]


def test_page_that_takes_too_long_goes_on_waiting_and_the_others_are_read(
    reading: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    calls: list[int] = []

    def first_fails(*arguments: object) -> str:
        calls.append(1)
        if len(calls) == 1:
            raise OcrError("Reading the picture of a page took longer than 90 seconds.")
        return read_picture(*arguments)  # type: ignore[arg-type] # passed on as they came

    monkeypatch.setattr(ocr, "read_picture", first_fails)
    two = write(tmp_path / "två.pdf", scanned_pdf(picture_of("Kobolt och nickel"), picture_of(*SCAN)))
    notes = ingest(reading, two)
    assert found(reading, "järnmalm") == [("två.pdf", 2)]
    with reading.database.read() as session:
        waiting = ocr_results.waiting(session, notes.stored[0].version_id)
    assert [page.number for page in waiting] == [1]
    version = version_of(reading, notes.stored[0].version_id)
    assert (version.category, version.message) == (
        Outcome.OK_PARTIAL,
        "All words were read in the pictures of the pages (OCR). OCR: 1 of 2 pictures could not be read. "
        "Reading the picture of a page took longer than 90 seconds.",
    )
    assert [record.getMessage() for record in caplog.records if "två.pdf" in record.getMessage()]
    with reading.database.read() as session:
        assert counts(session).unread_pictures == 1
    again = ingest(reading, two)
    assert [step.category for step in again.steps if isinstance(step, Recognised)] == [Outcome.OK]
    assert version_of(reading, notes.stored[0].version_id).message == (
        "All words were read in the pictures of the pages (OCR)."
    )
    with reading.database.read() as session:
        assert counts(session).unread_pictures == 0


def test_number_of_pages_is_bounded(archive: Archive, tmp_path: Path) -> None:
    reading = replace(archive, settings=archive.settings.model_copy(update={"ocr": OcrSettings(pages_max=1)}))
    two = write(tmp_path / "två.pdf", scanned_pdf(picture_of(*SCAN), picture_of(*SCAN)))
    notes = ingest(reading, two)
    assert found(reading, "järnmalm") == [("två.pdf", 1)]
    version = version_of(reading, notes.stored[0].version_id)
    assert version.category is Outcome.OK_PARTIAL
    assert "Only the first 1 of 2 pictures were read." in version.message
