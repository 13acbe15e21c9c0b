"""Small decks made by python-pptx, one for each feature that carries words."""

from collections.abc import Callable
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Emu, Pt

from samples.smartart import add_process
from tests.ingest.extractors.decks import (
    BLANK,
    TITLE_ONLY,
    add_box,
    deck_of_titles,
    rewritten,
    rich_deck,
    saved,
)


def decks() -> dict[str, Callable[[], bytes]]:
    """Return what makes each deck, by the name of its golden file."""
    return {
        "deck": rich_deck,
        "deck_alt_text": _alt_text,
        "deck_broken_slide": _broken_slide,
        "deck_chart": _chart,
        "deck_cut_short": _cut_short,
        "deck_languages": _languages,
        "deck_links": _links,
        "deck_order": _order,
        "deck_smartart": _smartart,
        "deck_table": _table,
    }


def _slide(presentation: Any, title: str = "Rubrik") -> Any:
    slide = presentation.slides.add_slide(presentation.slide_layouts[TITLE_ONLY])
    slide.shapes.title.text = title
    return slide


def _alt_text() -> bytes:
    presentation = Presentation()
    box = add_box(_slide(presentation).shapes, "rutan", 50, 200)
    box._element.nvSpPr.cNvPr.set("descr", "Karta över Gävleborg")
    box._element.nvSpPr.cNvPr.set("title", "Länskarta")
    return saved(presentation)


def _broken_slide() -> bytes:
    return rewritten(
        deck_of_titles("Ett", "Två", "Tre"),
        lambda name, old: b"<p:sld this is not XML" if name == "ppt/slides/slide2.xml" else old,
    )


def _chart() -> bytes:
    presentation = Presentation()
    data = CategoryChartData()
    data.categories = ["Gävle", "Söderhamn"]
    data.add_series("Invånare", (103_619, 24_874.5))
    place = (Emu(0), Pt(150), Pt(300), Pt(200))
    chart = _slide(presentation).shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *place, data).chart
    chart.has_title = True
    chart.chart_title.text_frame.text = "Befolkning"
    for axis, title in ((chart.category_axis, "Kommun"), (chart.value_axis, "Antal personer")):
        axis.has_title = True
        axis.axis_title.text_frame.text = title
    label = chart.plots[0].series[0].points[0].data_label
    label.text_frame.text = "störst"
    return saved(presentation)


def _cut_short() -> bytes:
    """Return a deck whose directory is lost, with the end of its last parts."""
    whole = deck_of_titles("Ett", "Två")
    return whole[: whole.index(b"PK\x01\x02") - 1_000]


def _languages() -> bytes:
    presentation = Presentation()
    slide = _slide(presentation)
    for top, language, text in ((150, "sv-SE", "Tack"), (250, "en-GB", "Thanks")):
        run = add_box(slide.shapes, text, 50, top).text_frame.paragraphs[0].runs[0]
        run._r.get_or_add_rPr().set("lang", language)
    return saved(presentation)


def _links() -> bytes:
    presentation = Presentation()
    box = add_box(_slide(presentation).shapes, "Läs mer", 50, 200)
    box.text_frame.paragraphs[0].runs[0].hyperlink.address = "https://example.org/rapport?år=2024"
    return saved(presentation)


def _order() -> bytes:
    """Return a slide drawn from below, in which a group is moved and scaled."""
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[BLANK])
    add_box(slide.shapes, "fyra", 50, 400)
    add_box(slide.shapes, "tre", 300, 205)
    add_box(slide.shapes, "två", 50, 200)
    group = slide.shapes.add_group_shape()
    add_box(group.shapes, "ett", 50, 450)
    group.left, group.top, group.width, group.height = Pt(50), Pt(20), Pt(100), Pt(20)
    return saved(presentation)


def _smartart() -> bytes:
    presentation = Presentation()
    add_process(_slide(presentation), ["Planera", "Genomföra", "Följa upp"], (1, 2, 6, 1), "Process")
    return saved(presentation)


def _table() -> bytes:
    presentation = Presentation()
    table = _slide(presentation).shapes.add_table(3, 3, Pt(50), Pt(150), Pt(300), Pt(90)).table
    for row, cells in enumerate((("Län", "2023", "2024"), ("Gävleborg", "10", "12"), ("Dalarna", "7", "8"))):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    table.cell(1, 1).merge(table.cell(1, 2))
    table.cell(1, 0).merge(table.cell(2, 0))
    return saved(presentation)
