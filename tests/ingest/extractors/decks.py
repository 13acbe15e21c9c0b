"""Small decks made for tests, and ways to break them."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Emu, Pt

TITLE_ONLY, TITLE_AND_CONTENT, BLANK = 5, 1, 6
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def saved(presentation: Any) -> bytes:
    """Return the deck as bytes."""
    buffer = io.BytesIO()
    presentation.save(buffer)
    return buffer.getvalue()


def deck_of_titles(*titles: str) -> bytes:
    """Return a deck with one slide for each title."""
    presentation = Presentation()
    for title in titles:
        slide = presentation.slides.add_slide(presentation.slide_layouts[TITLE_ONLY])
        slide.shapes.title.text = title
    return saved(presentation)


def add_box(shapes: Any, text: str, left_pt: float, top_pt: float) -> Any:
    """Add a free text box of 100 x 20 points."""
    box = shapes.add_textbox(Pt(left_pt), Pt(top_pt), Pt(100), Pt(20))
    box.text_frame.text = text
    return box


def rich_deck() -> bytes:
    """Return a deck with a bit of everything that carries words."""
    presentation = Presentation()
    presentation.core_properties.title = "Kollektivtrafik i Gävleborg"
    presentation.core_properties.author = "Åsa Öberg"
    _add_bullets(presentation)
    _add_boxes_and_group(presentation)
    _add_table(presentation)
    _add_chart(presentation)
    return saved(presentation)


def _add_bullets(presentation: Any) -> None:
    slide = presentation.slides.add_slide(presentation.slide_layouts[TITLE_AND_CONTENT])
    slide.shapes.title.text = "Hållbart resande"
    frame = slide.placeholders[1].text_frame
    frame.text = "Buss och tåg"
    nested = frame.add_paragraph()
    nested.text, nested.level = "Gävle–Söderhamn", 1
    slide.notes_slide.notes_text_frame.text = "Säg något om kostnaden."


def _add_boxes_and_group(presentation: Any) -> None:
    slide = presentation.slides.add_slide(presentation.slide_layouts[BLANK])
    slide.element.set("show", "0")
    add_box(slide.shapes, "nere", 50, 400)
    add_box(slide.shapes, "höger", 400, 102)
    add_box(slide.shapes, "vänster", 50, 100)
    group = slide.shapes.add_group_shape()
    add_box(group.shapes, "i grupp", 60, 200)
    inner = group.shapes.add_group_shape()
    add_box(inner.shapes, "djupt i grupp", 60, 300)


def _add_table(presentation: Any) -> None:
    slide = presentation.slides.add_slide(presentation.slide_layouts[BLANK])
    table = slide.shapes.add_table(3, 2, Pt(50), Pt(50), Pt(300), Pt(90)).table
    for row, cells in enumerate((("Län", "Resor"), ("Gävleborg", "12"), ("Sammanlagt tolv", ""))):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    table.cell(2, 0).merge(table.cell(2, 1))


def _add_chart(presentation: Any) -> None:
    slide = presentation.slides.add_slide(presentation.slide_layouts[BLANK])
    data = CategoryChartData()
    data.categories = ["2023", "2024"]
    data.add_series("Buss", (4.3, 5))
    data.add_series("Tåg", (2.5, None))
    frame = slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, Emu(0), Emu(0), Pt(300), Pt(200), data)
    frame.chart.has_title = True
    frame.chart.chart_title.text_frame.text = "Resor per år"


def rewritten(deck: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """Return the package with each member as `change(name, data)` gives it; None leaves it out."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(deck)) as source, zipfile.ZipFile(buffer, "w") as target:
        for info in source.infolist():
            data = change(info.filename, source.read(info))
            if data is not None:
                target.writestr(info.filename, data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def with_member(deck: bytes, name: str, data: bytes | None) -> bytes:
    """Return the deck with one member replaced or added; without it when `data` is None."""
    changed = rewritten(deck, lambda member, old: None if member == name else old)
    if data is None:
        return changed
    buffer = io.BytesIO(changed)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, data)
    return buffer.getvalue()


def into_slide(deck: bytes, markup: str, number: int = 1) -> bytes:
    """Return the deck with shapes added to the end of a slide."""
    return into_part(deck, f"ppt/slides/slide{number}.xml", markup)


def into_part(deck: bytes, part: str, markup: str, before: str = "</p:spTree>") -> bytes:
    """Return the deck with markup added to a part before a closing tag."""

    def change(name: str, data: bytes) -> bytes:
        return data.replace(before.encode(), (markup + before).encode()) if name == part else data

    return rewritten(deck, change)


def related(deck: bytes, source: str, kind: str, target: str, relation_id: str = "rId90") -> bytes:
    """Return the deck with a relationship of type `kind` from the part `source`; addresses lead outside."""
    folder, _, name = source.rpartition("/")
    is_external = ":" in target
    mode = ' TargetMode="External"' if is_external else ""
    relation = f'<Relationship Id="{relation_id}" Type="{kind}" Target="{target}"{mode}/>'
    rels = f"{folder}/_rels/{name}.rels".lstrip("/")
    with zipfile.ZipFile(io.BytesIO(deck)) as package:
        if rels in package.namelist():
            return into_part(deck, rels, relation, "</Relationships>")
    return with_member(deck, rels, f'<Relationships xmlns="{RELATIONS}">{relation}</Relationships>'.encode())
