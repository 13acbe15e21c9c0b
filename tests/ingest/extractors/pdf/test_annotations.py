"""What stands beside the text: forms, notes, links, bookmarks, attached files, tags, pictures, locks."""

import io

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from archive.ingest.extractors.base import ReadLimits
from archive.ingest.extractors.pdf.reader import PdfExtractor
from archive.model.extraction import Outcome
from archive.model.pages import BlockField, OcrReason
from archive.visibility import STAFF_FIELDS
from tests.ingest.extractors.extraction import read, texts
from tests.ingest.extractors.pdfs import REPORT_PAGES, pdf
from tests.ingest.extractors.rawpdf import page_pdf, stream

_TEXT = b"BT /F1 12 Tf 40 350 Td (Ett stycke text) Tj ET"


def _drawn(draw: object) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(400, 400), invariant=True)
    draw(canvas)  # type: ignore[operator]
    canvas.save()
    return buffer.getvalue()


def test_form_fields_are_label_and_value() -> None:
    def draw(canvas: Canvas) -> None:
        form = canvas.acroForm
        form.textfield(name="namn", tooltip="Ditt namn", value="Åsa Öberg", x=20, y=300, width=200)
        form.checkbox(name="val", tooltip="Jag deltar", checked=True, x=20, y=200)
        form.choice(name="ort", tooltip="Ort", value="Umeå", options=["Umeå", "Växjö"], x=20, y=100)
        canvas.showPage()

    pages, finish = read(PdfExtractor(), _drawn(draw))
    (form,) = [block for block in pages[0].blocks if block.field is BlockField.FORM]
    assert form.rows == (("Ditt namn", "Åsa Öberg"), ("Jag deltar", "Yes"), ("Ort", "Umeå, Växjö"))
    assert finish.category is Outcome.OK


def test_field_takes_its_name_from_the_field_above_it() -> None:
    more = {
        10: b"<</Type/Annot/Subtype/Widget/Rect[9 9 99 29]/Parent 11 0 R/P 3 0 R>>",
        11: b"<</FT/Tx/T(belopp)/V(1200 kronor)/Kids[10 0 R]>>",
    }
    data = page_pdf(_TEXT, b"/Annots[10 0 R]", b"/AcroForm<</Fields[11 0 R]>>", more)
    pages, _ = read(PdfExtractor(), data)
    assert texts(pages[0], BlockField.FORM) == ["belopp\t1200 kronor"]


def _annotated(*annotations: bytes) -> bytes:
    more = {10 + index: b"<</Type/Annot/Rect[9 9 99 29]%s>>" % each for index, each in enumerate(annotations)}
    references = b" ".join(b"%d 0 R" % number for number in more)
    return page_pdf(_TEXT, b"/Annots[%s]" % references, more=more)


def test_remarks_of_readers_are_comments_with_their_author_once() -> None:
    data = _annotated(
        b"/Subtype/Text/T(Eva)/Contents(Granska detta)",
        b"/Subtype/Popup/Contents(Granska detta)",
        b"/Subtype/FreeText/T(Eva)/Contents(Fri text)",
        b"/Subtype/Stamp/Contents(Godkand)",
        b"/Subtype/Popup/Contents(Bara i fonstret)",
        b"/Subtype/Highlight/RC(<body><p>Rik &amp; fet</p></body>)",
        b"/Subtype/Text/F 2/Contents(Dold)",
    )
    pages, _ = read(PdfExtractor(), data)
    assert texts(pages[0], BlockField.ANNOTATION) == ["Fri text\nGodkand"]
    assert texts(pages[0], BlockField.COMMENT) == ["Eva: Granska detta\nBara i fonstret\nRik & fet\nDold"]


@pytest.mark.parametrize(
    "kind", ["Text", "Highlight", "StrikeOut", "Underline", "Squiggly", "Caret", "Ink", "Square"]
)
def test_what_a_reader_remarked_is_for_staff(kind: str) -> None:
    pages, _ = read(PdfExtractor(), _annotated(b"/Subtype/%s/Contents(Stryk)" % kind.encode()))
    assert [block.text for block in pages[0].blocks if block.field in STAFF_FIELDS] == ["Stryk"]
    assert "Stryk" not in "".join(block.text for block in pages[0].blocks if block.field not in STAFF_FIELDS)


def test_only_links_to_elsewhere_are_kept_once() -> None:
    link = b"/Subtype/Link/A<</S/URI/URI(%s)>>"
    data = _annotated(
        link % b"https://example.org/a",
        link % b"https://example.org/a",
        link % b"mailto:eva@example.org",
        link % b"javascript:alert\\(1\\)",
        b"/Subtype/Link/Dest[3 0 R/Fit]",
        b"/Subtype/Link/A<</S/Launch/F(c:/prog.exe)>>",
    )
    pages, _ = read(PdfExtractor(), data)
    assert texts(pages[0], BlockField.LINK) == ["https://example.org/a\nmailto:eva@example.org"]


def test_bookmarks_are_sections_of_the_page_they_lead_to() -> None:
    def draw(canvas: Canvas) -> None:
        for number, title in enumerate(["Inledning", "Metod och källor"]):
            canvas.drawString(50, 300, f"Sida om {title}")
            canvas.bookmarkPage(str(number))
            canvas.addOutlineEntry(title, str(number), number)
            canvas.showPage()

    pages, _ = read(PdfExtractor(), _drawn(draw))
    assert [texts(page, BlockField.SECTION) for page in pages] == [["Inledning"], ["Metod och källor"]]
    (section,) = [block for block in pages[1].blocks if block.field is BlockField.SECTION]
    assert section.paragraphs[0].level == 1


def test_bookmark_names_the_title_where_all_letters_are_alike() -> None:
    def draw(canvas: Canvas) -> None:
        for at, line in enumerate(["Inledande kurs om orter", "Tärningarna", "ska kastas"]):
            canvas.drawString(50, 300 - 14 * at, line)
        canvas.bookmarkPage("a")
        canvas.addOutlineEntry("Tärningarna ska kastas", "a", 0)
        canvas.showPage()

    pages, _ = read(PdfExtractor(), _drawn(draw))
    assert pages[0].title == "Tärningarna ska kastas"


def test_bookmarks_in_a_circle_end() -> None:
    more = {
        10: b"<</First 11 0 R/Last 11 0 R/Count 1>>",
        11: b"<</Title(Rund)/Parent 10 0 R/Next 11 0 R/First 11 0 R/Last 11 0 R/Dest[3 0 R/Fit]>>",
    }
    pages, _ = read(PdfExtractor(), page_pdf(_TEXT, catalogue=b"/Outlines 10 0 R", more=more))
    assert texts(pages[0], BlockField.SECTION) == ["Rund"]


def test_attached_files_are_named() -> None:
    more = {
        10: b"<</Type/Filespec/F(bilaga.xlsx)/UF(bilaga.xlsx)/EF<</F 11 0 R>>>>",
        11: stream(b"innehall", b"/Type/EmbeddedFile"),
        12: b"<</Type/Annot/Subtype/FileAttachment/Rect[9 9 29 29]/FS 13 0 R>>",
        13: b"<</Type/Filespec/F(protokoll.pdf)/UF(protokoll.pdf)/EF<</F 11 0 R>>>>",
    }
    catalogue = b"/Names<</EmbeddedFiles<</Names[(bilaga.xlsx) 10 0 R]>>>>"
    pages, finish = read(PdfExtractor(), page_pdf(_TEXT, b"/Annots[12 0 R]", catalogue, more))
    assert texts(pages[0], BlockField.EMBEDDED) == ["protokoll.pdf", "bilaga.xlsx"]
    assert finish.properties["attachments"] == "bilaga.xlsx"


def test_page_of_nothing_but_a_form_is_no_empty_page() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.acroForm.textfield(name="f", tooltip="Fyll i", value="här", x=9, y=9)
        canvas.showPage()

    pages, _ = read(PdfExtractor(), _drawn(draw))
    assert texts(pages[0], BlockField.FORM) == ["Fyll i\thär"]


_TAGGED = {
    10: b"<</Type/StructTreeRoot/K 11 0 R/ParentTree<</Nums[0[12 0 R 13 0 R 14 0 R]]>>>>",
    11: b"<</S/Document/P 10 0 R/K[13 0 R 12 0 R 14 0 R 15 0 R]>>",
    12: b"<</S/H1/P 11 0 R/Pg 3 0 R/K 0>>",
    13: b"<</S/P/P 11 0 R/Pg 3 0 R/K 1>>",
    14: b"<</S/Figure/P 11 0 R/Pg 3 0 R/K 2/Alt(Karta \\366ver l\\344nen)>>",
    15: b"<</S/Figure/P 11 0 R/Pg 3 0 R/K 3/Alt(C:\\\\temp\\\\bild1.png)>>",
}
_TAGGED_TEXT = (
    b"/P <</MCID 1>> BDC BT /F1 30 Tf 40 350 Td (Stora bokstaver) Tj ET EMC "
    b"/H1 <</MCID 0>> BDC BT /F1 14 Tf 40 250 Td (Sidans) Tj 0 -16 Td (rubrik) Tj ET EMC "
)


def _tagged() -> bytes:
    catalogue = b"/MarkInfo<</Marked true>>/StructTreeRoot 10 0 R"
    return page_pdf(_TAGGED_TEXT, b"/StructParents 0", catalogue, _TAGGED)


def test_tags_say_what_the_title_is() -> None:
    pages, _ = read(PdfExtractor(), _tagged())
    assert pages[0].title == "Sidans rubrik"
    assert texts(pages[0], BlockField.BODY) == ["Stora bokstaver"]


def test_without_tags_size_says_it() -> None:
    pages, _ = read(PdfExtractor(), page_pdf(_TAGGED_TEXT))
    assert pages[0].title == "Stora bokstaver"


def test_alternative_texts_are_read_but_no_file_names() -> None:
    pages, _ = read(PdfExtractor(), _tagged())
    assert texts(pages[0], BlockField.ALT_TEXT) == ["Karta över länen"]


def _with_picture(width: float, height: float, copies: int = 1) -> bytes:
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(picture, "PNG")

    def draw(canvas: Canvas) -> None:
        canvas.drawString(20, 380, "Ett par ord på sidan")
        for copy in range(copies):
            canvas.drawImage(ImageReader(picture), 10, 10 + copy * height, width, height)

    return _drawn(draw)


@pytest.mark.parametrize(
    ("width", "height", "copies", "reason"),
    [
        (300, 300, 1, OcrReason.PICTURE),
        (380, 40, 5, OcrReason.PICTURE),
        (200, 200, 1, OcrReason.NONE),
        (9000, 5, 1, OcrReason.NONE),
    ],
)
def test_picture_that_fills_a_third_of_the_page_is_told(
    width: float, height: float, copies: int, reason: OcrReason
) -> None:
    pages, _ = read(PdfExtractor(), _with_picture(width, height, copies))
    assert pages[0].ocr_reason is reason


def test_picture_inside_a_form_counts_at_the_size_it_is_drawn() -> None:
    more = {
        10: stream(b"q 10 0 0 10 0 0 cm /Im Do Q", b"/Type/XObject/Subtype/Form/BBox[0 0 10 10]"
            b"/Resources<</XObject<</Im 11 0 R>>>>"),
        11: stream(b"\xff\x00\x00", b"/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8"
            b"/ColorSpace/DeviceRGB"),
    }  # fmt: skip
    resources = b"/XObject<</Fm 10 0 R>>"
    for scale, reason in ((b"35", OcrReason.PICTURE), (b"9", OcrReason.NONE)):
        content = _TEXT + b" q %s 0 0 %s 0 0 cm /Fm Do Q" % (scale, scale)
        pages, _ = read(PdfExtractor(), page_pdf(content, more=more, resources=resources))
        assert pages[0].ocr_reason is reason


def test_letters_without_a_meaning_send_the_page_to_ocr() -> None:
    content = b"BT /F1 12 Tf 40 300 Td (ord ) Tj /F2 12 Tf (\x01\x02\x03\x04\x05\x06) Tj ET"
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Odd/FirstChar 1/LastChar 6/Widths[500 500 500 500 500 500]>>"
    data = page_pdf(content, more={10: font}, resources=b"/Font<</F1 4 0 R/F2 10 0 R>>")
    pages, _ = read(PdfExtractor(), data)
    assert pages[0].ocr_reason is OcrReason.BAD_TEXT


def test_locked_file_opens_with_the_password_given() -> None:
    data = pdf(REPORT_PAGES, password="hemligt")
    pages, finish = read(PdfExtractor(), data, ReadLimits(10, 10_000, password="hemligt"))
    assert [page.title for page in pages] == ["Regional översikt", "Slutsatser"]
    assert finish.category is Outcome.OK


@pytest.mark.parametrize(("password", "said"), [("", "Give the password"), ("fel", "does not open with")])
def test_locked_file_says_what_to_do(password: str, said: str) -> None:
    data = pdf(REPORT_PAGES, password="hemligt")
    pages, finish = read(PdfExtractor(), data, ReadLimits(10, 10_000, password=password))
    assert pages == []
    assert finish.category is Outcome.PASSWORD
    assert said in finish.message


def test_password_does_not_hurt_a_file_that_needs_none() -> None:
    _, finish = read(PdfExtractor(), pdf(REPORT_PAGES), ReadLimits(10, 10_000, password="onödigt"))
    assert finish.category is Outcome.OK
