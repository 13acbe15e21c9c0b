"""Every way that a child can end becomes an outcome with a category."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from archive.errors import FileRejected
from archive.ingest.extractors import frames
from archive.ingest.extractors.base import DrawnPage, Finish, ReadLimits
from archive.ingest.framing import PREFIX
from archive.ingest.reading.extract_file import read_file
from archive.ingest.sandbox.base import Limits, Request
from archive.model.extraction import Extraction, Outcome
from archive.model.pages import GREY_HEIGHT_PX, GREY_WIDTH_PX, Block, BlockField, Page, Paragraph

LIMITS = Limits(10.0, 10, 512 * 1024 * 1024, 1024 * 1024, ReadLimits(3, 1000))
WEBP = b"RIFF\x04\x00\x00\x00WEBP"
GREY = bytes(GREY_WIDTH_PX * GREY_HEIGHT_PX)


class Told:
    """A sandbox whose child says what the test tells it to."""

    name = "told"
    reduced = False
    protections: tuple[str, ...] = ()

    def __init__(self, records: Sequence[Page | DrawnPage | Finish], end: FileRejected | None = None) -> None:
        self._records = records
        self._end = end
        self.requests: list[Request] = []

    @contextmanager
    def run(self, request: Request, file: Path, limits: Limits) -> Iterator[Iterator[bytes]]:
        yield self._said(request, limits)

    def _said(self, request: Request, limits: Limits) -> Iterator[bytes]:
        self.requests.append(request)
        for record in self._records:
            yield frames.encode(record, limits.reading.page_text_max_chars)[PREFIX.size :]
        if self._end is not None:
            raise self._end

    def close(self) -> None:
        pass


def page(number: int, text: str = "ord", field: BlockField = BlockField.BODY, broken: str = "") -> Page:
    return Page(number, (Block(field, (Paragraph(text),)),), reader="test", broken=broken)


def read(*records: Page | DrawnPage | Finish, end: FileRejected | None = None) -> Extraction:
    return read_file(Told(records, end), Path("x"), "test/x", LIMITS)


OK = Finish(Outcome.OK, engine="test", page_count=0)


def test_all_pages_read_is_ok() -> None:
    extraction = read(page(1), page(2), Finish(Outcome.OK, "", {"author": "Åsa"}, 2, "test"))
    assert (extraction.category, extraction.message) == (Outcome.OK, "")
    assert (extraction.engine, extraction.properties) == ("test", {"author": "Åsa"})
    assert len(extraction.pages) == 2


def test_unknown_media_type_starts_no_child() -> None:
    sandbox = Told([OK])
    assert read_file(sandbox, Path("x"), "", LIMITS).category is Outcome.UNSUPPORTED_TYPE
    assert not sandbox.requests


def test_broken_page_makes_it_partial() -> None:
    extraction = read(page(1), Page(2, broken="Bilden är trasig."), OK)
    assert extraction.category is Outcome.OK_PARTIAL
    assert "1 of 2" in extraction.message


def test_missing_page_makes_it_partial() -> None:
    extraction = read(page(1), Finish(Outcome.OK, page_count=5))
    assert extraction.category is Outcome.OK_PARTIAL
    assert "1 of 5" in extraction.message


def test_only_broken_pages_is_damaged() -> None:
    assert read(Page(1, broken="trasig"), Page(2, broken="trasig"), OK).category is Outcome.DAMAGED


@pytest.mark.parametrize(
    "pages",
    [
        (),
        (Page(1),),
        (page(1, "  "), page(2, "– • –")),
        (page(1, "Sidfot", BlockField.FOOTER), page(2, "Sidhuvud", BlockField.HEADER)),
    ],
    ids=["no pages", "no blocks", "no letters", "only header and footer"],
)
def test_no_words_is_never_a_success(pages: tuple[Page, ...]) -> None:
    extraction = read(*pages, OK)
    assert extraction.category is Outcome.EMPTY_NEEDS_OCR
    assert extraction.pages == pages
    assert extraction.message


def test_words_in_a_picture_description_are_words() -> None:
    assert read(page(1, "Karta", BlockField.ALT_TEXT), OK).category is Outcome.OK


@pytest.mark.parametrize(
    "category", [Outcome.PASSWORD, Outcome.DAMAGED, Outcome.UNSUPPORTED_TYPE, Outcome.RESOURCE_LIMIT]
)
def test_failure_of_the_reader_is_kept(category: Outcome) -> None:
    extraction = read(Finish(category, "Så gick det.", engine="test"))
    assert (extraction.category, extraction.message) == (category, "Så gick det.")


def test_failure_after_pages_is_partial_with_its_message() -> None:
    extraction = read(page(1), Finish(Outcome.DAMAGED, "Slutet saknas."))
    assert (extraction.category, extraction.message) == (Outcome.OK_PARTIAL, "Slutet saknas.")


@pytest.mark.parametrize("category", [Outcome.TIMEOUT, Outcome.RESOURCE_LIMIT, Outcome.CRASH])
def test_end_of_the_child_is_a_category(category: Outcome) -> None:
    end = FileRejected(category, "Stoppad.")
    assert read(end=end).category is category
    assert read(Page(1), end=end).category is category
    kept = read(page(1), end=end)
    assert (kept.category, kept.message, len(kept.pages)) == (Outcome.OK_PARTIAL, "Stoppad.", 1)


def test_claim_of_success_before_a_bad_end_does_not_count() -> None:
    assert read(OK, end=FileRejected(Outcome.CRASH, "Stoppad.")).category is Outcome.CRASH


def test_no_finish_is_a_crash() -> None:
    assert read().category is Outcome.CRASH
    assert read(page(1)).category is Outcome.OK_PARTIAL


@pytest.mark.parametrize(
    "records",
    [
        (page(1), page(1), OK),
        (page(2), page(1), OK),
        (page(1), OK, page(2)),
        (page(1), OK, OK),
        (page(1), DrawnPage(1, 1.0, 1.0, 1, 1, WEBP, WEBP, GREY), OK),
    ],
    ids=["same number", "falling number", "page after the end", "two ends", "picture"],
)
def test_answer_out_of_order_keeps_what_came_before(records: tuple[Page | DrawnPage | Finish, ...]) -> None:
    extraction = read(*records)
    assert extraction.category is Outcome.OK_PARTIAL
    assert len(extraction.pages) == 1
    assert "trusted" in extraction.message


def test_more_pages_than_allowed_are_not_taken() -> None:
    extraction = read(*(page(number) for number in range(1, 6)), OK)
    assert extraction.category is Outcome.OK_PARTIAL
    assert len(extraction.pages) == LIMITS.reading.pages_max


def test_deck_with_nothing_but_the_words_of_its_layout_is_not_empty() -> None:
    layout = Block(BlockField.LAYOUT, (Paragraph("Region Dalarna"),))
    assert read(Page(1, (layout,)), Finish(Outcome.OK)).category is Outcome.OK
