from pptx import Presentation
from pptx.util import Pt

from archive.ingest.extractors.base import ReadLimits
from archive.ingest.extractors.pptx.reader import PptxExtractor
from archive.model.extraction import Outcome
from archive.model.pages import BlockField
from tests.ingest.extractors.decks import (
    BLANK,
    TITLE_ONLY,
    add_box,
    deck_of_titles,
    rewritten,
    rich_deck,
    saved,
)
from tests.ingest.extractors.extraction import read, texts


def test_title_levels_bullets_and_notes_are_told_apart() -> None:
    pages, finish = read(PptxExtractor(), rich_deck())
    first = pages[0]
    assert first.title == "Hållbart resande"
    body = next(block for block in first.blocks if block.field is BlockField.BODY)
    assert [(p.text, p.level, p.bullet) for p in body.paragraphs] == [
        ("Buss och tåg", 0, True),
        ("Gävle–Söderhamn", 1, True),
    ]
    assert texts(first, BlockField.NOTES) == ["Säg något om kostnaden."]
    assert first.blocks[-1].field is BlockField.NOTES
    assert finish.category is Outcome.OK
    assert finish.page_count == 4


def test_properties_of_the_deck_are_read() -> None:
    _, finish = read(PptxExtractor(), rich_deck())
    assert finish.properties["title"] == "Kollektivtrafik i Gävleborg"
    assert finish.properties["author"] == "Åsa Öberg"


def test_title_filled_in_by_a_program_is_left_out() -> None:
    _, finish = read(PptxExtractor(), deck_of_titles("A"))
    assert "title" not in finish.properties  # python-pptx's template says "PowerPoint Presentation"


def test_boxes_are_read_from_top_then_from_left() -> None:
    pages, _ = read(PptxExtractor(), rich_deck())
    assert texts(pages[1], BlockField.BOX) == ["vänster", "höger", "nere"]


def test_groups_are_read_at_any_depth() -> None:
    pages, _ = read(PptxExtractor(), rich_deck())
    assert texts(pages[1], BlockField.GROUP) == ["i grupp", "djupt i grupp"]


def test_hidden_slide_is_marked() -> None:
    pages, _ = read(PptxExtractor(), rich_deck())
    assert [page.hidden for page in pages] == [False, True, False, False]


def test_merged_cell_gives_its_words_once() -> None:
    pages, _ = read(PptxExtractor(), rich_deck())
    table = next(block for block in pages[2].blocks if block.field is BlockField.TABLE)
    assert table.has_header
    assert table.rows[:2] == (("Län", "Resor"), ("Gävleborg", "12"))
    assert table.rows[2][1] == ""
    assert table.text.count("Sammanlagt") == 1


def test_chart_gives_title_categories_series_and_values() -> None:
    pages, _ = read(PptxExtractor(), rich_deck())
    chart = next(block for block in pages[3].blocks if block.field is BlockField.CHART)
    assert chart.paragraphs[0].text == "Resor per år"
    assert chart.rows == (("", "Buss", "Tåg"), ("2023", "4.3", "2.5"), ("2024", "5", ""))


def test_page_size_is_in_points() -> None:
    pages, _ = read(PptxExtractor(), deck_of_titles("A"))
    assert (pages[0].width_pt, pages[0].height_pt) == (720, 540)


def test_place_in_a_group_counts_in_the_slides_own_measure() -> None:
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[BLANK])
    group = slide.shapes.add_group_shape()
    add_box(group.shapes, "flyttad ned", 50, 10)
    add_box(slide.shapes, "mellan", 50, 200)
    group.top = Pt(400)  # moves the group, while its child keeps its coordinates inside
    pages, _ = read(PptxExtractor(), saved(presentation))
    assert [block.text for block in pages[0].blocks] == ["mellan", "flyttad ned"]


def test_title_and_description_of_a_picture_are_its_alternative_text() -> None:
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[BLANK])
    properties = add_box(slide.shapes, "", 10, 10)._element.nvSpPr.cNvPr
    properties.set("title", "Karta")
    properties.set("descr", "Länets vägar\n\nAutomatiskt genererad beskrivning")
    pages, _ = read(PptxExtractor(), saved(presentation))
    assert texts(pages[0], BlockField.ALT_TEXT) == [
        "Karta\nLänets vägar\n\nAutomatiskt genererad beskrivning"
    ]


def test_name_of_a_shape_is_not_read() -> None:
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[BLANK])
    add_box(slide.shapes, "ord", 10, 10).name = "Textruta 4"
    pages, _ = read(PptxExtractor(), saved(presentation))
    assert [block.text for block in pages[0].blocks] == ["ord"]


def test_footer_and_slide_number_are_fields_of_their_own() -> None:
    def with_footer(name: str, data: bytes) -> bytes:
        footer = (
            b'<p:sp><p:nvSpPr><p:cNvPr id="9" name="f"/><p:cNvSpPr/><p:nvPr><p:ph type="ftr" idx="11"/>'
            b"</p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:p><a:r><a:t>Region G</a:t></a:r>"
            b'<a:fld id="{00000000-0000-0000-0000-000000000000}" type="slidenum"><a:t>7</a:t></a:fld></a:p>'
            b"</p:txBody></p:sp></p:spTree>"
        )
        return data.replace(b"</p:spTree>", footer) if name == "ppt/slides/slide1.xml" else data

    pages, _ = read(PptxExtractor(), rewritten(deck_of_titles("A"), with_footer))
    assert texts(pages[0], BlockField.FOOTER) == ["Region G"]
    assert texts(pages[0], BlockField.PAGE_NUMBER) == ["1"]


def test_slide_number_counts_from_where_the_deck_says() -> None:
    def numbered(name: str, data: bytes) -> bytes:
        if name == "ppt/presentation.xml":
            return data.replace(b"<p:presentation ", b'<p:presentation firstSlideNum="8" ')
        number = (
            b'<a:fld id="{00000000-0000-0000-0000-000000000000}" type="slidenum"><a:t>2</a:t></a:fld></a:p>'
        )
        return data.replace(b"</a:p>", number, 1) if name == "ppt/slides/slide2.xml" else data

    pages, _ = read(PptxExtractor(), rewritten(deck_of_titles("A", "B"), numbered))
    assert texts(pages[0], BlockField.PAGE_NUMBER) == []
    assert texts(pages[1], BlockField.PAGE_NUMBER) == ["9"]
    assert pages[1].title == "B"


def test_words_inside_alternate_content_are_read_once() -> None:
    def wrapped(name: str, data: bytes) -> bytes:
        if name != "ppt/slides/slide1.xml":
            return data
        start, end = data.index(b"<p:sp>"), data.index(b"</p:sp>") + len(b"</p:sp>")
        shape = data[start:end]
        both = (
            b'<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
            b'<mc:Choice Requires="p14">' + shape + b"</mc:Choice><mc:Fallback>" + shape + b"</mc:Fallback>"
            b"</mc:AlternateContent>"
        )
        return data[:start] + both + data[end:]

    pages, _ = read(PptxExtractor(), rewritten(deck_of_titles("Valfritt innehåll"), wrapped))
    assert [block.text for block in pages[0].blocks] == ["Valfritt innehåll"]


def test_handwriting_does_not_cost_the_words_of_the_slide() -> None:
    def with_ink(name: str, data: bytes) -> bytes:
        ink = b"<p:contentPart/></p:spTree>"
        return data.replace(b"</p:spTree>", ink) if name == "ppt/slides/slide1.xml" else data

    pages, finish = read(PptxExtractor(), rewritten(deck_of_titles("Med bläck"), with_ink))
    assert pages[0].title == "Med bläck"
    assert finish.category is Outcome.OK


def test_number_of_pages_is_bounded_and_said() -> None:
    pages, finish = read(PptxExtractor(), deck_of_titles("A", "B", "C"), ReadLimits(2, 1000))
    assert len(pages) == 2
    assert finish.category is Outcome.OK_PARTIAL
    assert finish.page_count == 3
    assert "2 of 3" in finish.message


def test_text_of_a_page_is_bounded_and_said() -> None:
    pages, finish = read(PptxExtractor(), deck_of_titles("ord " * 500), ReadLimits(10, 1000))
    assert sum(len(block.text) for block in pages[0].blocks) <= 1000
    assert pages[0].broken
    assert finish.category is Outcome.OK_PARTIAL


def test_deck_without_slides_has_no_pages() -> None:
    pages, finish = read(PptxExtractor(), saved(Presentation()))
    assert pages == []
    assert finish.page_count == 0


def test_only_fields_that_are_promised_are_filled() -> None:
    pages, _ = read(PptxExtractor(), rich_deck())
    assert {block.field for page in pages for block in page.blocks} <= PptxExtractor.fields


def test_slide_with_own_title_beside_the_placeholder_keeps_order() -> None:
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[TITLE_ONLY])
    add_box(slide.shapes, "ovanför", 10, 0)
    slide.shapes.title.text = "Rubriken"
    pages, _ = read(PptxExtractor(), saved(presentation))
    assert [block.text for block in pages[0].blocks] == ["Rubriken", "ovanför"]
