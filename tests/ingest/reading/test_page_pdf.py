"""PDF files of single pages, through the confined child: what it says is checked, what fails is said."""

import base64
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image

from archive.errors import FileRejected, PartMissing, PathError, PictureError
from archive.ingest.extractors.base import ReadLimits
from archive.ingest.extractors.frames import FRAME_MAX_BYTES
from archive.ingest.reading.draw_pages import Drawable, cut_page, page_of_picture
from archive.ingest.reading.limits import cut_limits
from archive.ingest.sandbox.base import Limits, Request, Sandbox
from archive.ingest.sandbox.open_sandbox import open_sandbox
from archive.ingest.sandbox.spawning import FreshSandbox
from archive.model.extraction import Outcome
from archive.model.pages import WordBox
from archive.settings.settings import Settings
from tests.hostile.pdf_attacks import pdf_attacks
from tests.ingest.extractors.pdfs import REPORT_PAGES, pdf
from tests.ingest.reading.test_draw_pages import Told, done

LIMITS = Limits(20, 10, 1024**3, 2 * FRAME_MAX_BYTES, ReadLimits(100, 10_000))
READ = WordBox("Återläst", 100.0, 60.0, 120.0, 24.0)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    opened = open_sandbox()
    yield opened
    opened.close()


def kept(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def sheet(number: int = 1, data: bytes = b"%PDF-1.7 ...") -> dict[str, Any]:
    text = base64.b64encode(data).decode()
    return {"kind": "sheet", "number": number, "width_pt": 720.0, "height_pt": 540.0, "pdf": text}


def text_of(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    assert len(document) == 1
    found: str = document[0].get_textpage().get_text_range()
    return found


def test_page_is_cut_by_a_fresh_process_as_for_a_visitor(tmp_path: Path) -> None:
    path = kept(tmp_path / "rapport.pdf", pdf(REPORT_PAGES))
    made = cut_page(FreshSandbox(), Drawable(path), 2, [READ], cut_limits(Settings(data=tmp_path)))
    assert READ.text in text_of(made)
    assert REPORT_PAGES[1][0][0] in text_of(made)


def test_picture_becomes_a_page_in_the_child(sandbox: Sandbox, tmp_path: Path) -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (640, 480), "white").save(buffer, "WEBP")
    path = kept(tmp_path / "large.webp", buffer.getvalue())
    made = page_of_picture(sandbox, path, (720.0, 540.0), [READ], LIMITS)
    assert text_of(made) == READ.text
    assert pypdfium2.PdfDocument(made)[0].get_size() == (720.0, 540.0)


def test_picture_without_a_size_still_becomes_a_page(sandbox: Sandbox, tmp_path: Path) -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (640, 480), "white").save(buffer, "WEBP")
    path = kept(tmp_path / "large.webp", buffer.getvalue())
    made = page_of_picture(sandbox, path, (0.0, 1e9), [], LIMITS)
    assert pypdfium2.PdfDocument(made)[0].get_size() == (3.0, 14_400.0)


def test_page_beyond_the_last_cannot_be_made(sandbox: Sandbox, tmp_path: Path) -> None:
    path = kept(tmp_path / "rapport.pdf", pdf(REPORT_PAGES))
    with pytest.raises(PictureError, match="no such page"):
        cut_page(sandbox, Drawable(path), 3, (), LIMITS)


def test_locked_file_cannot_be_cut(sandbox: Sandbox, tmp_path: Path) -> None:
    path = kept(tmp_path / "last.pdf", pdf(REPORT_PAGES, password="hemlig"))
    with pytest.raises(PictureError, match="protected by a password"):
        cut_page(sandbox, Drawable(path), 1, (), LIMITS)
    assert text_of(cut_page(sandbox, Drawable(path, password="hemlig"), 1, (), LIMITS))


def test_hostile_pdf_gives_a_page_or_says_why_not(sandbox: Sandbox, tmp_path: Path) -> None:
    made = failed = 0
    for hostile in pdf_attacks():
        path = kept(tmp_path / "hostile.pdf", hostile.data)
        try:
            data = cut_page(sandbox, Drawable(path), 1, [READ], LIMITS)
        except PictureError:
            failed += 1
        else:
            assert len(pypdfium2.PdfDocument(data)) == 1, hostile.name
            made += 1
    assert made > 10
    assert failed > 3
    after = kept(tmp_path / "rapport.pdf", pdf(REPORT_PAGES))
    assert cut_page(sandbox, Drawable(after), 1, (), LIMITS)


@pytest.mark.parametrize(
    "frames",
    [
        [],
        [done()],
        [sheet()],
        [sheet(2), done()],
        [sheet(), sheet(), done()],
        [sheet(), done("damaged", "no")],
        [sheet(data=b"<html>"), done()],
        [sheet(data=b"%PDF-" + b"x" * 12_000_000), done()],
        [sheet() | {"pdf": "not base64"}, done()],
        [sheet() | {"more": 1}, done()],
    ],
)
def test_answer_of_another_form_is_not_believed(frames: list[dict[str, Any]]) -> None:
    with pytest.raises(PictureError):
        cut_page(Told(*frames), Drawable(Path("x.pdf")), 1, (), LIMITS)


def test_child_that_is_stopped_is_an_error_in_our_words() -> None:
    stopped = Told(failure=FileRejected(Outcome.TIMEOUT, "Reading took longer than 20 s and was stopped."))
    with pytest.raises(PictureError, match="could not be made"):
        cut_page(stopped, Drawable(Path("x.pdf")), 1, (), LIMITS)


def test_words_of_a_dense_page_fit_into_a_request() -> None:
    told = Told(sheet(), done())
    words = [WordBox("ord" * 5, number / 3, 10.0, 20.0, 10.0) for number in range(5000)]
    cut_page(told, Drawable(Path("x.pdf")), 1, words, LIMITS)
    assert isinstance(told.request, Request)
    assert 400 < len(told.request.words) < 5000
    assert told.request.words[1].x == 0.3


def test_missing_file_is_an_error(sandbox: Sandbox, tmp_path: Path) -> None:
    with pytest.raises((PathError, PartMissing)):
        cut_page(sandbox, Drawable(tmp_path / "gone.pdf"), 1, (), LIMITS)
