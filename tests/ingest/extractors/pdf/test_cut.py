"""One page of a PDF as a file of its own: its size, its words, and nothing of the other pages."""

import io
from typing import Any

import pikepdf
import pypdfium2
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from archive.ingest.extractors.base import Finish, PagePdf, ReadLimits
from archive.ingest.extractors.images.cut import PictureCutter
from archive.ingest.extractors.pdf.cut import PdfCutter
from archive.ingest.extractors.pdf.draw import PdfDrawer
from archive.model.extraction import Outcome
from archive.model.pages import WordBox
from tests.ingest.extractors.pdfs import REPORT_PAGES, pdf
from tests.ingest.extractors.rawpdf import raw_pdf, stream

LIMITS = ReadLimits(100, 10_000)
_DRAWING = {"large_width_px": 800, "small_width_px": 200, "webp_quality": 70}
READ = WordBox("Återläst", 100.0, 60.0, 120.0, 24.0)


def cut(data: bytes, number: int = 1, *words: WordBox) -> tuple[PagePdf | None, Finish]:
    *sheets, finish = PdfCutter().cut(io.BytesIO(data), LIMITS, {"page": number}, words)
    assert isinstance(finish, Finish)
    assert len(sheets) == (1 if finish.category is Outcome.OK else 0)
    return (sheets[0] if isinstance(sheets[0], PagePdf) else None) if sheets else None, finish


def sheet(data: bytes, number: int = 1, *words: WordBox) -> PagePdf:
    made, finish = cut(data, number, *words)
    assert made is not None, finish
    return made


def text_of(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    assert len(document) == 1
    found: str = document[0].get_textpage().get_text_range()
    document.close()
    return found


def drawn_words(data: bytes) -> tuple[WordBox, ...]:
    first = next(PdfDrawer().draw(io.BytesIO(data), LIMITS, _DRAWING))
    assert not isinstance(first, Finish)
    return first.words


def page_with(annotation: bytes) -> bytes:
    """Return a page with one annotation, in a file that has a second page and a script."""
    return raw_pdf(
        {
            1: b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>",
            2: b"<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2/MediaBox[0 0 600 400]>>",
            3: b"<</Type/Page/Parent 2 0 R/Contents 5 0 R/Resources 6 0 R/Annots[7 0 R]/AA<</O 8 0 R>>>>",
            4: b"<</Type/Page/Parent 2 0 R/Contents 5 0 R/Resources 6 0 R>>",
            5: stream(b"BT /F 20 Tf 50 300 Td (Synligt) Tj ET"),
            6: b"<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>/XObject<</Other 9 0 R>>>>",
            7: b"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/P 3 0 R/Parent 10 0 R%s>>" % annotation,
            8: b"<</S/JavaScript/JS(app.alert\\(2\\))>>",
            9: stream(b"% of the other page: hemligt", b"/Type/XObject/Subtype/Form/BBox[0 0 1 1]"),
            10: b"<</T(falt)/V(hemligt svar)>>",
        }
    )


def whole(made: PagePdf) -> str:
    """Return all objects and streams of a file, as text."""
    with pikepdf.open(io.BytesIO(made.pdf)) as document:
        objects: list[Any] = list(document.objects)
        texts = [one.unparse(resolved=True) for one in objects]
        texts += [one.read_bytes() for one in objects if isinstance(one, pikepdf.Stream)]
    return b"\n".join(texts).decode("latin-1")


@pytest.mark.parametrize("number", [1, 2])
def test_page_is_cut_with_its_words_and_size(number: int) -> None:
    source = pdf(REPORT_PAGES)
    made = sheet(source, number)
    document = pypdfium2.PdfDocument(source)
    assert (made.width_pt, made.height_pt) == document[number - 1].get_size()
    assert pypdfium2.PdfDocument(made.pdf)[0].get_size() == document[number - 1].get_size()
    assert text_of(made.pdf) == document[number - 1].get_textpage().get_text_range()


def test_same_page_gives_the_same_bytes() -> None:
    source = pdf(REPORT_PAGES)
    assert sheet(source, 2, READ).pdf == sheet(source, 2, READ).pdf


def test_nothing_of_other_pages_comes_along() -> None:
    made = sheet(page_with(b"/Dest[4 0 R/Fit]"))
    assert "Synligt" in text_of(made.pdf)
    assert "hemligt" not in whole(made)
    assert "Dest" not in whole(made)


@pytest.mark.parametrize(
    "action",
    [
        b"<</S/JavaScript/JS(x)>>",
        b"<</S/Launch/F(x)>>",
        b"<</S/URI/URI(javascript:x)>>",
        b"<</S/GoTo/D[4 0 R]>>",
    ],
)
def test_no_script_and_no_program_comes_along(action: bytes) -> None:
    found = whole(sheet(page_with(b"/A" + action)))
    for gone in ("JavaScript", "Launch", "javascript", "GoTo", "alert"):
        assert gone not in found


def test_links_to_the_web_are_kept() -> None:
    assert "https://example.org/" in whole(sheet(page_with(b"/A<</S/URI/URI(https://example.org/)>>")))


@pytest.mark.parametrize("kind", [b"Text", b"Popup", b"FileAttachment"])
def test_remarks_are_left_out(kind: bytes) -> None:
    found = whole(sheet(page_with(b"/Contents(hemligt)/T(Kim)/RC(hemligt)").replace(b"Link", kind)))
    assert "hemligt" not in found
    assert "Kim" not in found
    assert "/Annot" not in found.replace("/Annots", "")


@pytest.mark.parametrize("kind", [b"Highlight", b"StrikeOut", b"Square", b"Stamp"])
def test_marks_are_kept_without_what_is_remarked_on_them(kind: bytes) -> None:
    found = whole(sheet(page_with(b"/C[1 1 0]/Contents(hemligt)/Subj(hemligt)").replace(b"Link", kind)))
    assert kind.decode() in found
    assert "hemligt" not in found


def test_layers_are_seen_as_in_the_file_and_have_no_names() -> None:
    made = sheet(
        raw_pdf(
            {
                1: b"<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[5 0 R 6 0 R]/D<</OFF[6 0 R]"
                b"/Name(hemligt)/Order[(hemligt)[5 0 R 6 0 R]]>>/Configs[<</Name(hemligt)>>]>>>>",
                2: b"<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 600 400]>>",
                3: b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Properties<</A 5 0 R/B 6 0 R>>>>>>",
                4: stream(
                    b"/OC /A BDC 1 0 0 rg 0 0 300 400 re f EMC /OC /B BDC 1 0 0 rg 300 0 300 400 re f EMC"
                ),
                5: b"<</Type/OCG/Name(hemligt ett)/Usage<</CreatorInfo<</Creator(hemligt)>>>>>>",
                6: b"<</Type/OCG/Name(hemligt tva)>>",
            }
        )
    )
    assert "hemligt" not in whole(made)
    picture = pypdfium2.PdfDocument(made.pdf)[0].render().to_pil().convert("RGB")
    assert [picture.getpixel((x, 200)) for x in (150, 450)] == [(255, 0, 0), (255, 255, 255)]


def test_what_is_on_layers_that_are_off_is_left_out() -> None:
    contents = (
        b"BT /F 20 Tf 50 300 Td (Synligt) Tj ET /OC /A BDC BT /F 20 Tf 50 200 Td (lager ett) Tj ET EMC "
        b"/OC /B BDC q 1 0 0 1 0 0 cm BT /F 20 Tf 50 100 Td (hemligt) Tj (hemligt) ' ET 0 0 9 9 re f Q EMC "
        b"/OC /M BDC BT /F 20 Tf 50 50 Td (hemligt) Tj ET EMC /X Do /Y Do /P Do"
    )
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 600 400]"
    made = sheet(
        raw_pdf(
            {
                1: b"<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[5 0 R 6 0 R]/D<</OFF[6 0 R]>>>>>>",
                2: b"<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 600 400]>>",
                3: b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources 7 0 R/Annots[11 0 R]>>",
                4: stream(contents),
                5: b"<</Type/OCG/Name(Ett)>>",
                6: b"<</Type/OCG/Name(Tva)>>",
                7: b"<</Font<</F 8 0 R>>/Properties<</A 5 0 R/B 6 0 R"
                b"/M<</Type/OCMD/OCGs[5 0 R 6 0 R]/P/AllOn>>>>/XObject<</X 9 0 R/Y 10 0 R/P 12 0 R>>>>",
                8: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
                9: stream(b"BT /F 20 Tf 50 20 Td (hemligt) Tj ET", form + b"/OC 6 0 R/Resources 7 0 R"),
                10: stream(
                    b"/OC /B BDC BT /F 9 Tf (hemligt) Tj ET EMC BT /F 20 Tf 300 20 Td (i en form) Tj ET",
                    form + b"/Resources 7 0 R",
                ),
                11: b"<</Type/Annot/Subtype/FreeText/Rect[0 0 9 9]/Contents(hemligt)/OC 6 0 R>>",
                12: stream(b"hemligt", form + b"/OC 6 0 R"),
            }
        )
    )
    assert text_of(made.pdf).split() == ["Synligt", "lager", "ett", "i", "en", "form"]
    assert "hemligt" not in whole(made)


def test_what_stands_in_the_fields_of_a_form_is_seen() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(400, 300), invariant=True)
    canvas.acroForm.textfield(name="namn", value="Gruvan", x=50, y=100, width=200, height=60, fontSize=40)
    canvas.showPage()
    canvas.save()
    found = pypdfium2.PdfDocument(sheet(buffer.getvalue()).pdf)[0].render().to_pil().convert("L")
    ink = found.crop((60, 150, 240, 190)).point(lambda value: 255 if value < 100 else 0).getbbox()
    assert ink is not None
    assert ink[2] - ink[0] > 80


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_words_read_in_the_picture_can_be_selected_where_they_stand(rotation: int) -> None:
    made = sheet(pdf([[("Skannad", 100.0, 400.0, 40.0)]], rotation=rotation), 1, READ)
    assert {"Återläst", "Skannad"} <= set(text_of(made.pdf).split())
    (found,) = (word for word in drawn_words(made.pdf) if word.text == READ.text)
    assert found.x == pytest.approx(READ.x, abs=3)
    assert found.y == pytest.approx(READ.y, abs=READ.height / 3)
    assert found.width == pytest.approx(READ.width, rel=0.1)


def test_words_that_the_page_has_are_not_doubled() -> None:
    source = pdf([[("Gävleborg", 100.0, 400.0, 40.0)]])
    made = sheet(source, 1, *drawn_words(source), READ)
    assert sorted(text_of(made.pdf).split()) == ["Gävleborg", "Återläst"]


def test_words_over_the_page_are_not_seen() -> None:
    source = pdf([[("Skannad", 100.0, 400.0, 40.0)]])
    plain, laid = (
        pypdfium2.PdfDocument(one.pdf)[0].render().to_pil() for one in (sheet(source), sheet(source, 1, READ))
    )
    assert plain.tobytes() == laid.tobytes()


@pytest.mark.parametrize("number", [0, -1, 3, 20_000])
def test_page_beyond_the_last_is_said_not_to_be_there(number: int) -> None:
    _, finish = cut(pdf(REPORT_PAGES), number)
    assert finish.category is Outcome.DAMAGED
    assert finish.message == "The file has no such page."


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"not a pdf" * 100, pdf(REPORT_PAGES)[:300]])
def test_damaged_file_is_said_to_be_so(data: bytes) -> None:
    _, finish = cut(data)
    assert finish.category is Outcome.DAMAGED
    assert "Download the original" in finish.message


def test_picture_becomes_a_page_of_its_size_with_its_words() -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (640, 360), "#225577").save(buffer, "WEBP", lossless=True)
    options = {"page": 1, "width_mpt": 720_000, "height_mpt": 405_000}
    made, finish = PictureCutter().cut(
        buffer, LIMITS, options, [READ, WordBox("två", 300.0, 60.0, 40.0, 24.0)]
    )
    assert isinstance(made, PagePdf)
    assert isinstance(finish, Finish)
    assert finish.category is Outcome.OK
    document = pypdfium2.PdfDocument(made.pdf)
    assert document[0].get_size() == (720.0, 405.0)
    assert text_of(made.pdf).split() == ["Återläst", "två"]
    red, green, blue = document[0].render().to_pil().convert("RGB").getpixel((360, 200))
    assert (abs(red - 0x22), abs(green - 0x55), abs(blue - 0x77)) < (6, 6, 6)


def test_damaged_picture_is_said_to_be_so() -> None:
    options = {"page": 1, "width_mpt": 720_000, "height_mpt": 405_000}
    (finish,) = PictureCutter().cut(io.BytesIO(b"RIFF....WEBP"), LIMITS, options, [])
    assert isinstance(finish, Finish)
    assert finish.category is Outcome.DAMAGED
