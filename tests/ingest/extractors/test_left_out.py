"""Whatever a bound leaves out of a file is told at its end, and the file is not ok then."""

import io
from collections.abc import Iterator

import pytest
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Pt

from archive.ingest.extractors import left_out
from archive.ingest.extractors.base import Extractor, Finish
from archive.ingest.extractors.flowing.html import HtmlExtractor
from archive.ingest.extractors.flowing.mail import MailExtractor
from archive.ingest.extractors.pdf.reader import PdfExtractor
from archive.ingest.extractors.pptx.charts import POINTS_MAX
from archive.ingest.extractors.pptx.reader import PptxExtractor
from archive.model.extraction import Outcome
from tests.ingest.extractors.decks import deck_of_titles, rewritten, saved, with_member
from tests.ingest.extractors.extraction import LIMITS
from tests.ingest.extractors.rawpdf import page_pdf, stream

HELLO = b"BT /F1 12 Tf 40 300 Td (Hej alla glada) Tj ET"


def told(extractor: Extractor, data: bytes) -> tuple[Outcome, str]:
    *_, finish = left_out.told(extractor.extract(io.BytesIO(data), LIMITS))
    assert isinstance(finish, Finish)
    return finish.category, finish.message


def chart_deck(points: int) -> bytes:
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    data = CategoryChartData()
    data.categories = [f"k{number}" for number in range(points)]
    data.add_series("Resor", range(points))
    slide.shapes.add_chart(XL_CHART_TYPE.LINE, Pt(0), Pt(0), Pt(300), Pt(200), data)
    return saved(presentation)


def links_deck(count: int) -> bytes:
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    paragraph = slide.shapes.add_textbox(Pt(0), Pt(0), Pt(300), Pt(200)).text_frame.paragraphs[0]
    for number in range(count):
        run = paragraph.add_run()
        run.text = "länk "
        run.hyperlink.address = f"https://example.org/{number}"
    return saved(presentation)


def property_deck(count: int) -> bytes:
    properties = "".join(f'<property name="p{at}"><vt>Värde {at}</vt></property>' for at in range(count))
    custom = f'<Properties xmlns:vt="urn:v">{properties}</Properties>'.replace("vt>", "v>")
    deck = rewritten(
        deck_of_titles("Ett"),
        lambda name, data: (
            data.replace(
                b"</Relationships>",
                b'<Relationship Id="rIdC" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
                b'relationships/custom-properties" Target="docProps/custom.xml"/></Relationships>',
            )
            if name == "_rels/.rels"
            else data
        ),
    )
    return with_member(deck, "docProps/custom.xml", custom.encode())


def deep_page(depth: int) -> bytes:
    return f"<html><body><h1>Hej</h1>{'<div>' * depth}inne{'</div>' * depth}</body></html>".encode()


def letter(parts: int) -> bytes:
    head = "Subject: Brev\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n"
    return (head + "--x\nContent-Type: text/plain\n\nhej du\n" * parts + "--x--").encode()


def notes_pdf(count: int) -> bytes:
    notes = b" ".join(
        b"<</Type/Annot/Subtype/Text/Rect[9 9 20 20]/Contents(Not %d)>>" % at for at in range(count)
    )
    return page_pdf(HELLO, page=b"/Annots[%s]" % notes)


def masks_pdf(count: int) -> bytes:
    mask = stream(HELLO, b"/Type/XObject/Subtype/Form/BBox[0 0 400 400]/Resources<</Font<</F1 4 0 R>>>>")
    states = b"".join(b"/G%d<</SMask<</S/Luminosity/G %d 0 R>>>>" % (at, 10 + at) for at in range(count))
    used = b" ".join(b"/G%d gs" % at for at in range(count))
    masks = dict.fromkeys(range(10, 10 + count), mask)
    return page_pdf(HELLO + b" " + used, more=masks, resources=b"/ExtGState<<%s>>" % states)


@pytest.mark.parametrize(
    ("extractor", "fits", "is_too_much", "words"),
    [
        (PptxExtractor, lambda: chart_deck(20), lambda: chart_deck(POINTS_MAX + 1), "2,000 points"),
        (PptxExtractor, lambda: links_deck(5), lambda: links_deck(501), "500 links"),
        (PptxExtractor, lambda: property_deck(50), lambda: property_deck(51), "50 properties"),
        (HtmlExtractor, lambda: deep_page(200), lambda: deep_page(254), "nested too deep"),
        (MailExtractor, lambda: letter(9), lambda: letter(1_001), "1,000 parts"),
        (PdfExtractor, lambda: notes_pdf(50), lambda: notes_pdf(5_001), "5,000 notes"),
        (PdfExtractor, lambda: masks_pdf(100), lambda: masks_pdf(101), "100 soft masks"),
    ],
    ids=["points", "links", "properties", "depth", "mail", "notes", "masks"],
)
def test_what_a_bound_leaves_out_is_told(
    extractor: type[Extractor], fits: object, is_too_much: object, words: str
) -> None:
    assert callable(fits)
    assert callable(is_too_much)
    assert told(extractor(), fits()) == (Outcome.OK, "")
    category, message = told(extractor(), is_too_much())
    assert category is Outcome.OK_PARTIAL
    assert words in message


def test_the_same_is_told_once_and_nothing_goes_from_one_file_to_the_next() -> None:
    def records() -> Iterator[Finish]:
        assert list(left_out.up_to("abc", 2, "Två.")) == ["a", "b"]
        assert list(left_out.up_to("abc", 3, "Tre.")) == ["a", "b", "c"]
        left_out.note("Två.")
        yield Finish(Outcome.OK_PARTIAL, "Först.", {"keywords": "k" * 5_000})

    (finish,) = left_out.told(records())
    assert isinstance(finish, Finish)
    assert finish.message.startswith("Först. Två. ")
    assert "properties" in finish.message
    assert list(left_out.told([Finish(Outcome.OK)])) == [Finish(Outcome.OK)]


def test_a_file_that_cannot_be_read_keeps_its_own_message() -> None:
    def records() -> Iterator[Finish]:
        left_out.note("Något.")
        yield Finish(Outcome.DAMAGED, "Trasig.")

    assert list(left_out.told(records())) == [Finish(Outcome.DAMAGED, "Trasig.")]
