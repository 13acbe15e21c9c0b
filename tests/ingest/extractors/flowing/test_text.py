import pytest

from archive.ingest.extractors.base import ReadLimits
from archive.ingest.extractors.flowing.text import TextExtractor
from archive.model.extraction import Outcome
from archive.model.pages import BlockField, Page
from tests.ingest.extractors.extraction import read, texts

TEXT = "Årsmöte i Gävle\n\nPå mötet sades följande.\nÄven annat.\n\n- Gruvor\n- Stål\n"


def lines(pages: list[Page]) -> list[str]:
    return [line for page in pages for block in page.blocks for line in block.text.split("\n")]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_text_is_read_in_whatever_encoding_it_is_written(encoding: str) -> None:
    (page,), finish = read(TextExtractor(), TEXT.encode(encoding))
    assert page.title == "Årsmöte i Gävle"
    (body,) = [block for block in page.blocks if block.field is BlockField.BODY]
    assert [paragraph.text for paragraph in body.paragraphs] == [
        "På mötet sades följande.",
        "Även annat.",
        "- Gruvor",
        "- Stål",
    ]
    assert [paragraph.bullet for paragraph in body.paragraphs] == [False, False, True, True]
    assert finish.category is Outcome.OK


def test_pages_end_at_form_feeds() -> None:
    pages, _ = read(TextExtractor(), "Första sidan.\fAndra sidan.".encode())
    assert [page.title or texts(page, BlockField.BODY)[0] for page in pages] == [
        "Första sidan.",
        "Andra sidan.",
    ]


def test_long_text_has_pages_and_loses_no_word() -> None:
    words = [f"ord{number}" for number in range(4000)]
    text = "\n".join(" ".join(words[start : start + 12]) for start in range(0, 4000, 12))
    pages, finish = read(TextExtractor(), text.encode())
    assert len(pages) > 4
    assert " ".join(lines(pages)).split() == words
    assert finish.page_count == len(pages)


def test_text_without_line_ends_has_pages_too() -> None:
    pages, _ = read(TextExtractor(), b"a" * 20_000)
    assert len(pages) > 2
    assert "".join(lines(pages)) == "a" * 20_000


def test_markdown_headings_begin_pages_once_there_is_enough() -> None:
    part = "\n\n".join("en mening som är lagom lång för ett stycke" for _ in range(90))
    pages, _ = read(TextExtractor(), f"# Ett\n\n{part}\n\n## Två ##\n\nslut".encode())
    assert [page.title for page in pages] == ["Ett", "Två"]


@pytest.mark.parametrize("data", [b"\x00\x01\x02\x03", b"", b"\x81\x8d\x8f\x90"])
def test_what_is_no_text_is_damaged(data: bytes) -> None:
    pages, finish = read(TextExtractor(), data)
    assert (pages, finish.category) == ([], Outcome.DAMAGED)


def test_bytes_that_are_no_letters_further_on_are_told() -> None:
    data = b"a line of text\n" * 6000 + b"\xff\xfe\n"
    _, finish = read(TextExtractor(), data)
    assert finish.category is Outcome.OK_PARTIAL


def test_bounds_are_kept_and_told() -> None:
    data = ("en rad med ord\n" * 4000).encode()
    pages, finish = read(TextExtractor(), data, ReadLimits(2, 100_000))
    assert (len(pages), finish.category) == (2, Outcome.OK_PARTIAL)
    _, finish = read(TextExtractor(), data, ReadLimits(100, 100_000, unpacked_max_bytes=1000))
    assert finish.category is Outcome.OK_PARTIAL
    pages, finish = read(TextExtractor(), data, ReadLimits(100, 50))
    assert (len(lines(pages[:1])[0]), finish.category) == (14, Outcome.OK_PARTIAL)
    assert pages[0].broken
