import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdfminer.layout import LTLayoutContainer

from archive.ingest.extractors.base import ReadLimits
from archive.ingest.extractors.pdf.blocks import blocks_of_page
from archive.ingest.extractors.pdf.miner import layout, miner_file
from archive.ingest.extractors.pdf.miner.layout import LineBox, TextLine
from archive.ingest.extractors.pdf.reader import PdfExtractor
from archive.model.extraction import Outcome
from archive.model.pages import BlockField
from tests.ingest.extractors.extraction import read, texts
from tests.ingest.extractors.pdfs import REPORT_PAGES, lines, pdf

REPORT = pdf(REPORT_PAGES, title="Översikt 2024")


def test_largest_text_at_the_top_is_the_title() -> None:
    pages, finish = read(PdfExtractor(), REPORT)
    assert [page.title for page in pages] == ["Regional översikt", "Slutsatser"]
    assert finish.category is Outcome.OK
    assert finish.engine == "pdfminer.six"


def test_words_divided_at_the_end_of_a_line_are_joined() -> None:
    pages, _ = read(PdfExtractor(), REPORT)
    text = " ".join(block.text for page in pages for block in page.blocks)
    assert "industriell produktion" in text
    assert "Närings- och teknikstöd" in text
    assert "EU-Kommissionen" in text


def test_bullets_begin_paragraphs_of_their_own() -> None:
    pages, _ = read(PdfExtractor(), REPORT)
    bullets = [p.text for block in pages[0].blocks for p in block.paragraphs if p.bullet]
    assert bullets == ["Fler sysselsatta", "Närings- och teknikstöd"]


def test_title_of_several_lines_is_whole_where_a_later_one_is_a_trifle_larger() -> None:
    heading = [("Gemensam", 70, 760, 23.6), ("infrastruktur för utbyte", 70, 732, 24)]
    pages, _ = read(PdfExtractor(), pdf([[*heading, *lines(["Text som står under."] * 6, 600)]]))
    assert pages[0].title == "Gemensam infrastruktur för utbyte"


def test_without_larger_text_the_first_short_line_is_the_title() -> None:
    page = [("Bakgrund", 70, 760, 11), *lines(["En rad med text som är mycket längre.", "Och en till."], 700)]
    pages, _ = read(PdfExtractor(), pdf([page]))
    assert pages[0].title == "Bakgrund"


def test_largest_text_of_a_cover_is_its_title_wherever_it_stands() -> None:
    cover = [
        ("Vägval för e-arkiv och", 70, 300, 28),
        ("digital information", 70, 267, 28),
        ("Falun 7 maj", 70, 235, 22),
    ]
    pages, _ = read(
        PdfExtractor(), pdf([[("TULLVERKET", 70, 780, 9), *cover], [*cover, ("Kim", 70, 800, 9)]])
    )
    assert pages[0].title == "Vägval för e-arkiv och digital information"


def test_name_that_begins_with_a_small_letter_may_be_a_title() -> None:
    pages, _ = read(PdfExtractor(), pdf([[("eArkiv och metadata", 70, 300, 28), ("Kim", 70, 230, 14)]]))
    assert pages[0].title == "eArkiv och metadata"


def test_sentence_on_a_first_page_is_no_title() -> None:
    pages, _ = read(
        PdfExtractor(), pdf([lines(["Detta är en mening som går över", "flera rader på sidan."], 300)])
    )
    assert pages[0].title == ""


def test_running_head_that_is_tagged_as_a_title_gives_way_to_far_larger_letters() -> None:
    head, heading = TextLine("Policy", 14.0, 0.06), TextLine("Policy för programvara", 40.0, 0.22)
    text = TextLine("Denna policy anger principer.", 11.0, 0.4)
    boxes = [LineBox((line,)) for line in (head, heading, text)]
    first, *_ = blocks_of_page(boxes, "Policy", is_first=True)
    assert first.text == "Policy för programvara"
    later, *_ = blocks_of_page(boxes, "Policy")
    assert later.text == "Policy"


def test_page_number_is_no_title() -> None:
    page = [("Sid 12", 70, 800, 24), *lines(["en rad med vanlig text, och den slutar här."], 700)]
    pages, _ = read(PdfExtractor(), pdf([page]))
    assert pages[0].title == ""


def test_sentence_that_goes_on_in_another_box_is_put_together() -> None:
    page = [("Rubrik", 70, 760, 30), ("Här börjar en mening som", 70, 600, 14), ("slutar här.", 70, 570, 14)]
    pages, _ = read(PdfExtractor(), pdf([page]))
    assert "Här börjar en mening som slutar här." in texts(pages[0], BlockField.BODY)


def test_properties_are_read_with_dates_in_iso_8601() -> None:
    _, finish = read(PdfExtractor(), REPORT)
    assert finish.properties["title"] == "Översikt 2024"
    assert finish.properties["created"].startswith("2000-01-01T00:00:00")


@pytest.mark.parametrize("title", ["Microsoft PowerPoint - bilder.pptx", "untitled", "rapport.docx", "12"])
def test_title_that_a_program_filled_in_is_left_out(title: str) -> None:
    _, finish = read(PdfExtractor(), pdf(REPORT_PAGES, title=title))
    assert "title" not in finish.properties


def test_page_size_is_in_points() -> None:
    pages, _ = read(PdfExtractor(), REPORT)
    assert (round(pages[0].width_pt), round(pages[0].height_pt)) == (595, 842)


def test_password_is_told() -> None:
    pages, finish = read(PdfExtractor(), pdf(REPORT_PAGES, password="hemligt"))
    assert pages == []
    assert finish.category is Outcome.PASSWORD


def test_bytes_that_are_no_pdf_are_damaged() -> None:
    pages, finish = read(PdfExtractor(), b"%PDF-1.4\n" + b"no objects here " * 50)
    assert pages == []
    assert finish.category is Outcome.DAMAGED


def test_page_without_text_has_no_blocks() -> None:
    pages, finish = read(PdfExtractor(), pdf([[], [("Ord på sidan", 70, 700, 12)]]))
    assert pages[0].blocks == ()
    assert not pages[0].broken
    assert finish.category is Outcome.OK


def test_pdfium_reads_the_page_where_pdfminer_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: miner_file.MinerFile, page: object) -> tuple[layout.LineBox, ...]:
        raise TypeError

    monkeypatch.setattr(miner_file.MinerFile, "boxes", fail)
    pages, finish = read(PdfExtractor(), REPORT)
    assert [page.reader for page in pages] == ["pdfium", "pdfium"]
    assert "industriell produktion" in " ".join(block.text for block in pages[0].blocks)
    assert pages[0].title == "Regional översikt"
    assert finish.engine == "pdfium"


def test_pdfium_reads_the_page_where_pdfminer_loses_text(monkeypatch: pytest.MonkeyPatch) -> None:
    little = (layout.LineBox((layout.TextLine("Regional", 24, 0.1),)),)
    monkeypatch.setattr(miner_file.MinerFile, "boxes", lambda self, page: little)
    pages, _ = read(PdfExtractor(), REPORT)
    assert pages[0].reader == "pdfium"


def test_pages_that_pdfminer_does_not_find_come_from_pdfium(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(miner_file.MinerFile, "next_page", lambda self: None)
    pages, finish = read(PdfExtractor(), REPORT)
    assert len(pages) == finish.page_count == 2
    assert pages[1].title == "Slutsatser"


def test_many_boxes_are_read_without_ordering_each_pair(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(LTLayoutContainer, "group_textboxes", never)
    page = [(f"ruta{n}", 20 + 80 * (n % 7), 40 + 30 * (n // 7), 6.0) for n in range(180)]
    pages, _ = read(PdfExtractor(), pdf([page]))
    assert pages[0].reader == "pdfminer.six"
    assert "ruta179" in " ".join(block.text for block in pages[0].blocks)


def test_columns_are_read_one_after_the_other() -> None:
    left = lines([f"vänster rad {n}." for n in range(5)], 600, x=60)
    right = lines([f"höger rad {n}." for n in range(5)], 600, x=330)
    pages, _ = read(PdfExtractor(), pdf([[("Rubriken", 60, 760, 24), *left, *right]]))
    text = " ".join(block.text for block in pages[0].blocks)
    assert text.index("vänster rad 4") < text.index("höger rad 0")


def test_number_of_pages_is_bounded_and_said() -> None:
    pages, finish = read(PdfExtractor(), REPORT, ReadLimits(1, 10_000))
    assert len(pages) == 1
    assert finish.category is Outcome.OK_PARTIAL
    assert "1 of 2" in finish.message


def test_text_of_a_page_is_bounded_and_said() -> None:
    pages, finish = read(PdfExtractor(), REPORT, ReadLimits(10, 30))
    assert sum(len(block.text) for block in pages[0].blocks) <= 30
    assert pages[0].broken
    assert finish.category is Outcome.OK_PARTIAL


def test_only_fields_that_are_promised_are_filled() -> None:
    pages, _ = read(PdfExtractor(), REPORT)
    assert {block.field for page in pages for block in page.blocks} <= PdfExtractor.fields


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_no_change_of_bytes_makes_an_exception(data: st.DataObject) -> None:
    changed = bytearray(REPORT)
    for _ in range(data.draw(st.integers(1, 20))):
        changed[data.draw(st.integers(0, len(REPORT) - 1))] = data.draw(st.integers(0, 255))
    _, finish = read(PdfExtractor(), bytes(changed))
    assert finish.category in Outcome
