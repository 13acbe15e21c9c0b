import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from archive.errors import FileRejected, PictureError
from archive.ingest.extractors.base import ReadLimits
from archive.ingest.reading.draw_pages import Drawable, draw_pages
from archive.ingest.sandbox.base import Limits, Request
from archive.ingest.sandbox.open_sandbox import open_sandbox
from archive.model.extraction import Outcome
from archive.model.pages import GREY_HEIGHT_PX, GREY_WIDTH_PX
from archive.settings.sections import PictureSettings
from tests.ingest.extractors.pdfs import REPORT_PAGES, pdf

LIMITS = Limits(60, 50, 1024**3, 64 * 1024**2, ReadLimits(100, 100_000))
SETTINGS = PictureSettings(large_width_px=640, small_width_px=160)
WEBP = b"RIFF" + (16).to_bytes(4, "little") + b"WEBPVP8 " + b"\x00" * 8


class Told:
    """A sandbox that says what it is told to, and then raises `failure` if there is one."""

    name = "told"
    reduced = False
    protections: tuple[str, ...] = ()

    def __init__(self, *frames: dict[str, Any], failure: FileRejected | None = None) -> None:
        self._frames = frames
        self._failure = failure
        self.request: Request | None = None

    @contextmanager
    def run(self, request: Request, file: Path, limits: Limits) -> Iterator[Iterator[bytes]]:
        self.request = request
        yield self._said()

    def _said(self) -> Iterator[bytes]:
        yield from (json.dumps(frame).encode() for frame in self._frames)
        if self._failure is not None:
            raise self._failure

    def close(self) -> None:
        pass


def picture(number: int, large: bytes = WEBP, width_px: int = 640, height_px: int = 480) -> dict[str, Any]:
    return {
        "kind": "picture",
        "number": number,
        "width_pt": 720.0,
        "height_pt": 540.0,
        "width_px": width_px,
        "height_px": height_px,
        "large": base64.b64encode(large).decode(),
        "small": base64.b64encode(WEBP).decode(),
        "grey": base64.b64encode(bytes(GREY_WIDTH_PX * GREY_HEIGHT_PX)).decode(),
        "words": [["Gävleborg", 10.0, 20.0, 80.0, 12.0]],
    }


def done(category: str = "ok", message: str = "") -> dict[str, Any]:
    return {
        "kind": "done",
        "category": category,
        "engine": "pdfium",
        "message": message,
        "page_count": 1,
        "properties": {},
    }


def drawn_before_error(sandbox: Told) -> tuple[list[int], str]:
    """Return the numbers that came before the PictureError, and its message."""
    numbers: list[int] = []
    with (
        pytest.raises(PictureError) as caught,
        draw_pages(sandbox, Drawable(Path("x.pdf")), LIMITS, SETTINGS) as drawn,
    ):
        numbers.extend(page.number for page in drawn)
    return numbers, caught.value.message


def test_pages_of_a_report_are_drawn_in_a_child(tmp_path: Path) -> None:
    path = tmp_path / "rapport.pdf"
    path.write_bytes(pdf(REPORT_PAGES))
    sandbox = open_sandbox("auto")
    try:
        with draw_pages(sandbox, Drawable(path), LIMITS, SETTINGS) as drawn:
            pages = list(drawn)
    finally:
        sandbox.close()
    assert [page.number for page in pages] == [1, 2]
    assert "Slutsatser" in [word.text for word in pages[1].words]
    assert abs(pages[0].width_px - 640) <= 1


def test_child_is_told_the_sizes() -> None:
    sandbox = Told(picture(1), done())
    with draw_pages(sandbox, Drawable(Path("x.pdf")), LIMITS, SETTINGS) as drawn:
        assert len(list(drawn)) == 1
    assert sandbox.request is not None
    assert sandbox.request.task == "draw"
    assert sandbox.request.options["large_width_px"] == 640


def test_pages_before_a_crash_are_kept() -> None:
    crash = FileRejected(Outcome.CRASH, "The reader ended before the end of the file.")
    numbers, message = drawn_before_error(Told(picture(1), picture(2), failure=crash))
    assert numbers == [1, 2]
    assert "Not every page" in message


def test_damaged_pdf_is_an_error_with_its_message() -> None:
    numbers, message = drawn_before_error(Told(done("damaged", "The PDF is damaged.")))
    assert numbers == []
    assert message == "The PDF is damaged."


def test_page_that_could_not_be_drawn_is_an_error_after_the_others() -> None:
    numbers, _ = drawn_before_error(Told(picture(1), picture(3), done("ok_partial", "1 of the pages.")))
    assert numbers == [1, 3]


def test_end_without_an_outcome_is_an_error() -> None:
    assert drawn_before_error(Told(picture(1)))[0] == [1]


@pytest.mark.parametrize(
    "frame",
    [
        picture(2, large=b"<svg onload=alert(1)></svg>" + b" " * 20),
        picture(2, large=WEBP + b"more"),
        picture(2, large=WEBP[:15]),
        picture(2, width_px=5000),
        picture(2, height_px=19_000),
        picture(1),
        picture(101),
        {"kind": "page", "number": 2},
        done() | {"kind": "else"},
    ],
    ids=["svg", "longer", "shorter", "wide", "tall", "twice", "beyond", "page", "unknown"],
)
def test_answer_that_cannot_be_trusted_is_refused(frame: dict[str, Any]) -> None:
    assert drawn_before_error(Told(picture(1), frame, done()))[0] == [1]


def test_nothing_may_come_after_the_outcome() -> None:
    assert drawn_before_error(Told(picture(1), done(), picture(2)))[0] == [1]
