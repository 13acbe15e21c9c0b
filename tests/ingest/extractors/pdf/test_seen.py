"""What is seen on a page of a PDF is read, and what is not seen is not."""

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from archive.ingest.extractors.pdf.letters import Letter, drawn_once
from archive.ingest.extractors.pdf.miner import layout
from archive.ingest.extractors.pdf.reader import HIDDEN_LAYERS, PdfExtractor
from archive.model.extraction import Outcome
from archive.model.pages import BlockField, OcrReason, Page
from tests.ingest.extractors.extraction import read, texts
from tests.ingest.extractors.pdfs import lines, pdf

_PLAIN = [*lines(["Seminarium om resor och mobilitet", "Region Dalarna i Falun"], 700)]


def _words(page: Page) -> str:
    return " ".join(block.text for block in page.blocks)


def _changed(data: bytes, change: Callable[[Any, Any], None]) -> bytes:
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        change(document, document.pages[0])
        document.save(buffer)
    return buffer.getvalue()


def _form(document: Any, content: bytes, **entries: object) -> Any:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/Helvetica"))
    font.Encoding = Name.WinAnsiEncoding
    resources = Dictionary(Font=Dictionary(F9=font))
    return document.make_stream(
        content,
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, 200, 50]),
        Resources=resources,
        **entries,
    )


def test_letters_of_a_soft_mask_are_seen_through_it() -> None:
    def change(document: Any, page: Any) -> None:
        letters = b"1 g BT /F9 30 Tf 70 760 Td (Kollektivtrafik i glesbygd) Tj ET"
        heading = _form(document, letters)
        heading.BBox = Array([0, 0, 595, 842])
        page.Resources.ExtGState = Dictionary(G9=Dictionary(SMask=Dictionary(S=Name.Luminosity, G=heading)))
        page.contents_add(document.make_stream(2 * b"q /G9 gs 40 740 500 70 re f Q "))

    (page,), _ = read(PdfExtractor(), _changed(pdf([_PLAIN]), change))
    assert page.title == "Kollektivtrafik i glesbygd"
    assert _words(page).count("glesbygd") == 1


def test_words_outside_the_crop_box_are_not_on_the_page() -> None:
    spread = [*lines(["Vänster om skogsbruk"], 500), *lines(["Höger om gruvdrift"], 500, x=470)]
    (page,), _ = read(PdfExtractor(), pdf([spread], size_pt=(842, 595), crop_pt=(421, 0, 842, 595)))
    assert _words(page) == "Höger om gruvdrift"


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_crop_box_holds_on_turned_pages(rotation: int) -> None:
    spread = [*lines(["Vänster om skogsbruk"], 500), *lines(["Höger om gruvdrift"], 500, x=470)]
    data = pdf([spread], size_pt=(842, 595), crop_pt=(421, 0, 842, 595), rotation=rotation)
    (page,), _ = read(PdfExtractor(), data)
    assert "gruvdrift" in _words(page)
    assert "skogsbruk" not in _words(page)


def _layered(content: bytes, **default: object) -> bytes:
    def change(document: Any, page: Any) -> None:
        layer = document.make_indirect(Dictionary(Type=Name.OCG, Name=pikepdf.String("Facit")))
        states = {key: value if isinstance(value, Name) else Array([layer]) for key, value in default.items()}
        document.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(states))
        member = Dictionary(Type=Name.OCMD, OCGs=Array([layer]), P=Name.AllOff)
        page.Resources.Properties = Dictionary(L=layer, M=document.make_indirect(member))
        name = next(iter(page.Resources.Font.keys())).encode()
        page.contents_add(document.make_stream(content.replace(b"/F ", name + b" ")))

    return _changed(pdf([_PLAIN]), change)


_ON_LAYER = b"/OC /L BDC /Span <</MCID 1>> BDC BT /F 12 Tf 72 500 Td (Dolt facit) Tj ET EMC EMC"
_AFTER = b" BT /F 12 Tf 72 400 Td (Efter lagret) Tj ET"


@pytest.mark.parametrize("default", [{"/OFF": True}, {"/BaseState": Name.OFF}])
def test_layer_that_is_off_is_not_read_and_what_follows_is(default: dict[str, object]) -> None:
    (page,), _ = read(PdfExtractor(), _layered(_ON_LAYER + _AFTER, **default))
    assert "Dolt facit" not in _words(page)
    assert "Efter lagret" in _words(page)


def test_staff_are_told_of_a_layer_that_is_off() -> None:
    (page,), _ = read(PdfExtractor(), _layered(_ON_LAYER + _AFTER, **{"/OFF": True}))
    assert HIDDEN_LAYERS in page.blocks


def test_layer_that_is_on_is_read() -> None:
    (page,), _ = read(PdfExtractor(), _layered(_ON_LAYER, **{"/BaseState": Name.OFF, "/ON": True}))
    assert "Dolt facit" in _words(page)


def test_content_that_shows_while_all_layers_are_off_is_read() -> None:
    content = _ON_LAYER.replace(b"/L", b"/M").replace(b"Dolt", b"Synligt")
    (page,), _ = read(PdfExtractor(), _layered(content, **{"/OFF": True}))
    assert "Synligt facit" in _words(page)


@pytest.mark.parametrize(("flags", "is_seen"), [(4, True), (2, False)])
def test_words_of_a_stamp_are_read_unless_it_is_hidden(flags: int, is_seen: bool) -> None:
    def change(document: Any, page: Any) -> None:
        form = _form(document, "BT /F9 20 Tf 10 10 Td (GODKÄND av chefen) Tj ET".encode("latin-1"))
        stamp = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Stamp,
            Rect=Array([300, 300, 500, 350]),
            F=flags,
            AP=Dictionary(N=form),
        )
        page.Annots = Array([document.make_indirect(stamp)])

    (page,), _ = read(PdfExtractor(), _changed(pdf([_PLAIN]), change))
    assert ("GODKÄND av chefen" in _words(page)) is is_seen


def test_portfolio_names_the_files_in_it() -> None:
    def change(document: Any, page: Any) -> None:
        document.attachments["vattenkraft.pdf"] = pdf([_PLAIN])
        document.Root.Collection = Dictionary(Type=Name.Collection)

    _, finish = read(PdfExtractor(), _changed(pdf([_PLAIN]), change))
    assert finish.category is Outcome.OK_PARTIAL
    assert "makes documents of the files in it (vattenkraft.pdf)" in finish.message


def test_attached_data_is_no_loss() -> None:
    def change(document: Any, page: Any) -> None:
        document.attachments["faktura.xml"] = b"<faktura/>"

    _, finish = read(PdfExtractor(), _changed(pdf([_PLAIN]), change))
    assert finish.category is Outcome.OK


_FORM = """<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/">
<template xmlns="http://www.xfa.org/schema/xfa-template/2.8/"><subform name="f">
<draw><value><text>Ansökan om utvecklingsstöd</text></value></draw>
<field name="Namn"><caption><value><text>Sökandens namn</text></value></caption></field></subform></template>
<xfa:datasets xmlns:xfa="http://www.xfa.org/schema/xfa-data/1.0/"><xfa:data><f><Namn>Småföretagarna</Namn></f>
</xfa:data></xfa:datasets></xdp:xdp>"""


@pytest.mark.parametrize("form", [_FORM, "<xdp:xdp>"])
def test_form_that_asks_to_wait_is_read_or_told(form: str) -> None:
    def change(document: Any, page: Any) -> None:
        document.Root.AcroForm = Dictionary(Fields=Array([]), XFA=document.make_stream(form.encode()))
        document.Root.NeedsRendering = True

    (page,), finish = read(PdfExtractor(), _changed(pdf([lines(["Var god vänta..."], 700)]), change))
    if form == _FORM:
        assert texts(page, BlockField.FORM) == ["Ansökan om utvecklingsstöd\nSökandens namn\nSmåföretagarna"]
        assert finish.category is Outcome.OK
    else:
        assert (finish.category, "print it to PDF" in finish.message) == (Outcome.OK_PARTIAL, True)


def _placed(text: str, x: float, gap: float, size: float = 16.0, y: float = 700.0) -> list[Letter]:
    return [
        (letter, x + at * (8.0 + gap), y, x + at * (8.0 + gap) + 8.0, y + size, size)
        for at, letter in enumerate(text)
    ]


def _line(letters: list[Letter]) -> str:
    return "|".join(line.text for box in layout.boxes_of(letters, 600, 800) for line in box.lines)


def test_small_letters_set_apart_evenly_are_words() -> None:
    assert _line(_placed("Falun Rådhus", 40, 4.0)) == "Falun Rådhus"


def test_marks_in_columns_stay_apart() -> None:
    assert _line(_placed("xoxxo", 40, 13.0)) == "x o x x o"
    assert _line(_placed("abcde", 40, 4.0)) == "a b c d e"


def test_letters_drawn_again_beside_themselves_are_read_once() -> None:
    once = _placed("malm", 40, 0.0)
    twice = [letter for letter in once for letter in (letter, (letter[0], letter[1] + 0.4, *letter[2:]))]
    assert [letter[0] for letter in drawn_once(twice)] == list("malm")
    again = [(text, x0 + 0.3, y0, x1 + 0.3, y1, size) for text, x0, y0, x1, y1, size in once]
    assert [letter[0] for letter in drawn_once(once + again)] == list("malm")


def test_double_letters_of_a_word_stay() -> None:
    letters = _placed("gruvällen", 40, 0.0)
    assert drawn_once(letters) == letters


def test_hebrew_is_read_from_the_right_and_its_numbers_from_the_left() -> None:
    shown = "2024 םולש"  # as it stands on the page from the left
    assert _line(_placed(shown, 40, 0.0)) == "שלום 2024"


def test_page_whose_words_are_outlines_goes_to_ocr() -> None:
    corners = ((3, 9), (6, 9), (6, 6), (4, 5), (6, 3), (6, 0), (3, 0), (1, 4))
    letter = "0 0 m " + " ".join(f"{x} {y} l" for x, y in corners) + " h f"
    places = [(40 + column * 8, 600 - row * 14) for row in range(2) for column in range(60)]
    drawn = "".join(f"q 1 0 0 1 {x} {y} cm {letter} Q\n" for x, y in places)

    def change(document: Any, page: Any) -> None:
        page.contents_add(document.make_stream(drawn.encode()))

    heading = lines(["Rubriken är text"], 700)
    (outlined,), _ = read(PdfExtractor(), _changed(pdf([heading]), change))
    (plain,), _ = read(PdfExtractor(), pdf([heading]))
    assert (outlined.ocr_reason, plain.ocr_reason) == (OcrReason.PICTURE, OcrReason.NONE)


def test_logo_of_outlines_on_every_page_is_looked_at_once() -> None:
    corners = ((3, 9), (6, 9), (6, 6), (4, 5), (6, 3), (6, 0), (3, 0), (1, 4))
    letter = "0 0 m " + " ".join(f"{x} {y} l" for x, y in corners) + " h f"
    drawn = "".join(f"q 1 0 0 1 {40 + at * 6} 20 cm {letter} Q\n" for at in range(80))

    def change(document: Any, page: Any) -> None:
        del page
        for each in document.pages:
            each.contents_add(document.make_stream(drawn.encode()))

    pages, _ = read(PdfExtractor(), _changed(pdf([lines(["Första"], 700), lines(["Andra"], 700)]), change))
    assert [page.ocr_reason for page in pages] == [OcrReason.PICTURE, OcrReason.NONE]
