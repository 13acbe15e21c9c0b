import io

import pytest
from PIL import Image

from archive.ingest.extractors.base import DrawnPage, Finish, ReadLimits
from archive.ingest.extractors.keynote import KeynoteDrawer, KeynoteExtractor
from archive.model.extraction import Outcome
from archive.model.pages import OcrReason
from tests.ingest.extractors.extraction import read
from tests.ingest.extractors.packages import zipped
from tests.ingest.extractors.pdfs import pdf

SLIDES = pdf([[("Hallbart resande i lanet", 60, 400, 30)], []], size_pt=(720, 540))
OPTIONS = {"large_width_px": 640, "small_width_px": 160, "webp_quality": 70}


def jpeg() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (320, 240), "white").save(buffer, "JPEG")
    return buffer.getvalue()


def draw(data: bytes) -> tuple[list[DrawnPage], Finish]:
    *drawn, finish = KeynoteDrawer().draw(io.BytesIO(data), ReadLimits(10, 1000), OPTIONS)
    assert isinstance(finish, Finish)
    return [each for each in drawn if isinstance(each, DrawnPage)], finish


@pytest.mark.parametrize("name", ["QuickLook/Preview.pdf", "preview.pdf"])
def test_slides_are_those_of_the_preview(name: str) -> None:
    data = zipped({"index.apxl": b"<key/>", name: SLIDES, "preview.jpg": jpeg()})
    pages, finish = read(KeynoteExtractor(), data)
    assert [page.title for page in pages] == ["Hallbart resande i lanet", ""]
    assert [page.ocr_reason for page in pages] == [OcrReason.NONE, OcrReason.FEW_WORDS]
    assert finish.category is Outcome.OK
    drawn, finish = draw(data)
    assert [each.number for each in drawn] == [1, 2]
    assert finish.category is Outcome.OK


def test_without_a_pdf_the_picture_of_the_first_slide_goes_to_ocr_and_that_is_told() -> None:
    data = zipped({"Index/Slide-1.iwa": b"", "preview.jpg": jpeg()})
    (page,), finish = read(KeynoteExtractor(), data)
    assert page.ocr_reason is OcrReason.PICTURE
    assert finish.category is Outcome.OK_PARTIAL
    assert "Export it from Keynote as PDF" in finish.message
    (drawn,), _ = draw(data)
    assert drawn.width_px == 320


def test_without_any_preview_it_is_told_what_to_do() -> None:
    data = zipped({"Index/Slide-1.iwa": b""})
    pages, finish = read(KeynoteExtractor(), data)
    assert (pages, finish.category) == ([], Outcome.UNSUPPORTED_TYPE)
    assert "as PDF" in finish.message
    assert draw(data)[1].category is Outcome.UNSUPPORTED_TYPE


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", zipped({"preview.pdf": SLIDES})[:300]])
def test_package_that_is_not_whole_is_damaged(data: bytes) -> None:
    _, finish = read(KeynoteExtractor(), data)
    assert finish.category is Outcome.DAMAGED


def test_preview_that_unpacks_to_too_much_is_refused() -> None:
    data = zipped({"preview.pdf": b"%PDF-" + bytes(2_000_000)})
    _, finish = read(KeynoteExtractor(), data, ReadLimits(10, 1000, unpacked_max_bytes=1_000_000))
    assert finish.category is Outcome.RESOURCE_LIMIT
