"""One PDF of slides of many files, as the child makes it: whatever the files are."""

import ctypes
import io
import json
from collections.abc import Mapping
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as raw
import pytest
from pdfminer.high_level import extract_text
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from archive.ingest.extractors.archives.frames import Chunk, Record
from archive.ingest.extractors.base import Finish, ReadLimits
from archive.ingest.extractors.baskets.bundle import Bundle
from archive.ingest.extractors.baskets.one_pdf import BasketPdf
from archive.ingest.extractors.baskets.picture_deck import PictureDeck
from archive.ingest.framing import framed
from archive.model.extraction import Outcome
from tests.ingest.extractors.pdfs import pdf

ADDRESS = "https://arkiv.example.org/d/abcdefghjk/v2/4"
LIMITS = ReadLimits(pages_max=100, page_text_max_chars=10_000)


def told(**other: Any) -> dict[str, Any]:
    """Return what the child is told of one slide."""
    return {
        "pdf": None, "is_ocr": False, "picture": None, "width_pt": 720.0, "height_pt": 405.0, "words": [],
        "source": f"Åsa Öberg: Gruvan, bild 4. {ADDRESS}", "address": ADDRESS, "name": "Gruvan, bild 4",
        "title": "Rubriken", "paragraphs": ["Ett <b>stycke</b> & mer"], "text": "Rubriken", "language": "en",
        **other,
    }  # fmt: skip


def bundle(pages: list[Mapping[str, Any]], parts: list[bytes]) -> io.BytesIO:
    """Return the file that the child is given."""
    about = {
        "title": "Bilder", "language": "sv", "made_at": "2026-11-29", "heading": "Källor", "remarks": [],
        "sources": [{"text": f"{place}. Källa {ADDRESS}", "address": ADDRESS} for place in range(len(pages))],
        "pages": pages, "parts": [len(part) for part in parts],
    }  # fmt: skip
    return io.BytesIO(framed(json.dumps(about).encode()) + b"".join(parts))


def made(records: list[Record]) -> bytes:
    """Return the file that was made."""
    end = records[-1]
    assert isinstance(end, Finish)
    assert end.category is Outcome.OK
    return b"".join(record.data for record in records if isinstance(record, Chunk))


def one_pdf(pages: list[Mapping[str, Any]], *parts: bytes) -> bytes:
    return made(list(BasketPdf().cut(bundle(pages, list(parts)), LIMITS, {}, ())))


def words(data: bytes, page: int = 0) -> str:
    return " ".join(extract_text(io.BytesIO(data), page_numbers=[page]).split())


def with_link(address: str) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, (720, 540))
    canvas.drawString(100, 100, "Se rapporten")
    canvas.linkURL(address, (100, 90, 200, 120))
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def webp() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (640, 360), "teal").save(buffer, "WEBP")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (told(pdf=[0, 1], picture=1), "Egen sida"),
        (told(pdf=[1, 1], picture=1, words=[["malm", 50, 50, 40, 12]]), "malm"),
        (told(pdf=[0, 9], picture=1, words=[["malm", 50, 50, 40, 12]]), "malm"),
        (told(pdf=[1, 1], picture=0), "Ett <b>stycke</b> & mer"),
        (told(), "Rubriken"),
        (told(title="", paragraphs=[]), "Gruvan"),
    ],
)
def test_slide_is_its_page_else_its_picture_else_its_words(page: dict[str, Any], expected: str) -> None:
    data = one_pdf([page], pdf([[("Egen sida", 70, 700, 20)]]), webp())
    text = words(data)
    assert expected in text
    assert f"Åsa Öberg: Gruvan, bild 4. {ADDRESS}" in text


def test_words_that_were_read_in_a_picture_can_be_selected_on_its_own_page() -> None:
    page = told(pdf=[0, 1], is_ocr=True, words=[["malmfält", 50, 50, 80, 12]])
    assert "malmfält" in words(one_pdf([page], pdf([[("Egen sida", 70, 700, 20)]])))


def test_links_of_a_slide_lead_where_they_did_from_where_they_are_now() -> None:
    data = one_pdf([told(pdf=[0, 1])], with_link("https://example.org/rapport"))
    with pikepdf.open(io.BytesIO(data)) as document:
        page = document.pages[0]
        (note,) = (one for one in page.obj.Annots if str(one.A.URI) == "https://example.org/rapport")
        strip = float(page.mediabox[3]) - 540
        assert [round(float(value)) for value in note.Rect] == [
            100, round(90 + strip), 200, round(120 + strip)
        ]  # fmt: skip


def elements(data: bytes) -> list[list[tuple[str, ...]]]:
    """Return kind, description and language of what stands on each page, as a reader of tagged PDF has it."""
    found = []
    with pypdfium2.PdfDocument(data) as document:
        assert raw.FPDFCatalog_IsTagged(document)
        for page in document:
            tree = raw.FPDF_StructTree_GetForPage(page)
            assert raw.FPDF_StructTree_CountChildren(tree) == 1
            whole = raw.FPDF_StructTree_GetChildAtIndex(tree, 0)
            count = raw.FPDF_StructElement_CountChildren(whole)
            parts = [raw.FPDF_StructElement_GetChildAtIndex(whole, at) for at in range(count)]
            asked = (raw.FPDF_StructElement_GetType, raw.FPDF_StructElement_GetAltText,
                     raw.FPDF_StructElement_GetLang)  # fmt: skip
            found.append([tuple(told_by(ask, part) for ask in asked) for part in parts if part])
            raw.FPDF_StructTree_Close(tree)
    return found


def told_by(ask: Any, part: Any) -> str:
    """Return a text of an element."""
    size = ask(part, None, 0)
    buffer = ctypes.create_string_buffer(size)
    ask(part, buffer, size)
    return buffer.raw.decode("utf-16-le").rstrip("\0")


def test_what_stands_on_the_pages_is_told_to_those_who_do_not_see_them() -> None:
    page = told(pdf=[0, 1], text="Rubriken\nEtt stycke")
    data = one_pdf([page, told()], with_link("https://example.org/rapport"))
    first, second, listed = elements(data)
    assert first == [("Figure", "Rubriken\nEtt stycke", "en"), ("P", "", "")]
    assert [kind for kind, *_ in second] == ["P", "P"]
    assert [kind for kind, *_ in listed] == ["H1", "P", "P"]
    with pikepdf.open(io.BytesIO(data)) as document:
        assert document.Root.Lang == "sv"
        by_number = pikepdf.NumberTree(document.Root.StructTreeRoot.ParentTree)
        for one in document.pages:
            for note in one.obj.Annots:
                element = by_number[int(note.StructParent)]
                assert (element.S, element.K.Obj) == (pikepdf.Name.Link, note)
                assert str(note.Contents) == str(note.A.URI)


def test_a_list_of_many_pages_has_all_sources() -> None:
    data = one_pdf([told()] * 90)
    of_slide, *listed = elements(data)[89:]
    assert [kind for kind, *_ in of_slide] == ["P", "P"]
    kinds = [kind for page in listed for kind, *_ in page]
    assert len(listed) > 1
    assert (kinds.count("H1"), kinds.count("P")) == (1, 90)
    text = " ".join(words(data, page) for page in range(90, 90 + len(listed)))
    assert [place for place in range(90) if f" {place}. Källa https" not in f" {text}"] == []


def test_a_source_that_is_longer_than_a_page_goes_on_overleaf() -> None:
    long = "Strömförsörjning " * 900
    file = bundle([told()], [])
    about = {**Bundle(file).told, "sources": [{"text": f"{long}sist", "address": ""}], "remarks": ["Efteråt"]}
    data = made(list(BasketPdf().cut(io.BytesIO(framed(json.dumps(about).encode())), LIMITS, {}, ())))
    with pikepdf.open(io.BytesIO(data)) as document:
        count = len(document.pages)
    text = " ".join(words(data, page) for page in range(1, count))
    assert count > 2
    assert text.count("Strömförsörjning") == 900
    assert text.endswith("sist Efteråt")


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_turned_page_is_seen_as_it_was(rotation: int) -> None:
    data = one_pdf([told(pdf=[0, 1])], pdf([[("Egen sida", 70, 70, 20)]], (720, 540), rotation=rotation))
    with pikepdf.open(io.BytesIO(data)) as document:
        width, height = (float(side) for side in document.pages[0].mediabox[2:])
    assert width == 720  # reportlab makes the page so that it is that wide when it is turned
    assert 540 < height < 600
    assert "Egen sida" in words(data)


@pytest.mark.parametrize("size_pt", [(3.0, 3.0), (20.0, 4000.0), (14_400.0, 20.0), (9_000.0, 14_400.0)])
def test_page_of_any_size_has_its_source_below_it(size_pt: tuple[float, float]) -> None:
    data = one_pdf([told(pdf=[0, 1])], pdf([[]], size_pt))
    with pikepdf.open(io.BytesIO(data)) as document:
        left, bottom, right, top = (float(value) for value in document.pages[0].mediabox)
    assert (left, bottom) == (0, 0)
    assert 0 < right <= 14_400
    assert 0 < top <= 14_400
    assert ADDRESS in words(data).replace(" ", "")


def test_long_titles_and_words_are_made_to_fit() -> None:
    long = "Strömförsörjningens" * 40
    page = told(source=f"{long}. {ADDRESS}", title=long, paragraphs=[long] * 60)
    data = one_pdf([page] * 40)
    with pikepdf.open(io.BytesIO(data)) as document:
        assert len(document.pages) >= 41
        assert float(document.pages[0].mediabox[3]) < 600


def test_letters_of_other_alphabets_are_in_the_file() -> None:
    assert "Αθήνα Москва Łódź" in words(one_pdf([told(source=f"Αθήνα Москва Łódź. {ADDRESS}")]))


@pytest.mark.parametrize("maker", [BasketPdf, PictureDeck])
def test_same_slides_give_the_same_bytes(maker: type[BasketPdf | PictureDeck]) -> None:
    parts = [pdf([[("Egen sida", 70, 700, 20)]]), webp()]
    pages: list[Mapping[str, Any]] = [told(pdf=[0, 1], picture=1), told(picture=1)]
    files = {made(list(maker().cut(bundle(pages, parts), LIMITS, {}, ()))) for _ in range(2)}
    assert len(files) == 1
