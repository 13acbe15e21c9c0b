"""Files that a Word document takes in as they are."""

import pytest

from archive.ingest.extractors.ooxml.package import PackageBounds
from archive.ingest.extractors.word.chunks import chunk_lines
from archive.ingest.extractors.word.reader import DocxExtractor
from archive.model.extraction import Outcome
from archive.model.pages import BlockField
from tests.ingest.extractors.extraction import read, texts
from tests.ingest.extractors.texts_of_word import document, paragraph

PAGE = "<html><body><h1>Bilaga</h1><p>Gruvnäringen växer</p></body></html>"
SAVED_PAGE = (
    "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n"
    "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
    "<html><body><p>Gruvn=C3=A4ringen v=C3=A4xer</p></body></html>\n--x--\n"
)


def lines_of(data: bytes) -> list[str] | None:
    return chunk_lines(data, PackageBounds(1_000_000))


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (PAGE.encode(), ["Bilaga", "Gruvnäringen växer"]),
        (SAVED_PAGE.encode(), ["Gruvnäringen växer"]),
        ("Gruvnäringen\n\nväxer".encode("cp1252"), ["Gruvnäringen", "växer"]),
        (document(paragraph("Gruvnäringen växer")), ["Gruvnäringen växer"]),
        (rb"{\rtf1 Gruvor}", None),
        (b"\x00\x01\x02", None),
        (b"PK\x03\x04 och sedan inget", None),
    ],
)
def test_words_of_a_chunk_in_each_of_its_forms(data: bytes, lines: list[str] | None) -> None:
    assert lines_of(data) == lines


def test_chunk_stands_where_the_document_takes_it_in() -> None:
    body = paragraph("Före") + '<w:altChunk r:id="r0"/>' + paragraph("Efter")
    made = document(body, {"aFChunk.xml": "Gruvor"})
    pages, finish = read(DocxExtractor(), made)
    assert texts(pages[0], BlockField.EMBEDDED) == ["Gruvor"]
    assert finish.category is Outcome.OK


def test_chunk_that_is_lost_is_told() -> None:
    made = document(paragraph("Före") + '<w:altChunk r:id="r7"/>')
    _, finish = read(DocxExtractor(), made)
    assert finish.category is Outcome.OK_PARTIAL
