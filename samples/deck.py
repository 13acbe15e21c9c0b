"""Builds one sample deck: a slide of each kind is one call."""

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from samples.smartart import add_process
from samples.theme import COPPER, DARK, FOOTER_IDX, GREEN, NUMBER_IDX, SAND, SLATE, Place, new_presentation

LABEL = "Exempelmaterial"
MADE_AT = datetime(2022, 5, 19, 9, 0)  # noqa: DTZ001 - file properties hold no zone

Lines = list[str]
"""Bullets; one that starts with "- " is a level further in."""


@dataclass(frozen=True, slots=True)
class Series:
    """A chart's series: its name and one value for each category."""

    name: str
    values: tuple[float, ...]


class Deck:
    """A deck under construction; `save` gives its bytes."""

    def __init__(self, title: str, speaker: str, subtitle: str) -> None:
        self._deck = new_presentation()
        properties = self._deck.core_properties
        properties.title, properties.author, properties.subject = title, speaker, LABEL
        properties.last_modified_by, properties.language, properties.revision = speaker, "sv-SE", 1
        properties.created = properties.modified = MADE_AT
        self._footer = f"{LABEL} · {speaker}"
        slide = self._new("Title Slide", title)
        slide.placeholders[1].text = subtitle
        self._box(slide, LABEL, (0.9, 0.7, 2.6, 0.55), COPPER, 18)

    def save(self) -> bytes:
        """Return the deck as a .pptx."""
        for slide in self._deck.slides:
            for element in slide._element.iter(qn("a:rPr"), qn("a:endParaRPr")):
                element.set("lang", "sv-SE")
        content = BytesIO()
        self._deck.save(content)
        return content.getvalue()

    def section(self, title: str, text: str) -> None:
        """Add a slide that opens a section."""
        self._new("Section Header", title).placeholders[1].text = text

    def bullets(self, title: str, lines: Lines, notes: str = "", hidden: bool = False) -> None:
        """Add a slide of bullets, with speaker notes, and hidden from the show when asked for."""
        slide = self._new("Title and Content", title, notes)
        _fill(slide.placeholders[1], lines)
        if hidden:
            slide._element.set("show", "0")

    def two_columns(self, title: str, left: Lines, right: Lines, notes: str = "") -> None:
        """Add a slide with two columns of bullets."""
        slide = self._new("Two Content", title, notes)
        _fill(slide.placeholders[1], left)
        _fill(slide.placeholders[2], right)

    def comparison(self, title: str, heads: tuple[str, str], left: Lines, right: Lines) -> None:
        """Add a slide that sets two lists, each with a heading, against each other."""
        slide = self._new("Comparison", title)
        slide.placeholders[1].text, slide.placeholders[3].text = heads
        _fill(slide.placeholders[2], left)
        _fill(slide.placeholders[4], right)

    def picture(self, title: str, png: bytes, alt_text: str, text: str, notes: str = "") -> None:
        """Add a slide with a picture (3:2) that has an alternative text, and a text next to it."""
        slide = self._new("Picture with Caption", title, notes)
        picture = slide.placeholders[1].insert_picture(BytesIO(png))
        picture._element.nvPicPr.cNvPr.set("descr", alt_text)
        slide.placeholders[2].text = text

    def table(self, title: str, rows: list[tuple[str, ...]], caption: str) -> None:
        """Add a slide with a table; the first row holds the headings."""
        slide = self._new("Title Only", title)
        place = tuple(Inches(length) for length in (0.7, 1.6, 11.93, 0.55 * len(rows)))
        table = slide.shapes.add_table(len(rows), len(rows[0]), *place).table
        table.columns[0].width = Inches(5.63)
        for column in range(1, len(rows[0])):
            table.columns[column].width = Inches(6.3 / (len(rows[0]) - 1))
        for at, row in enumerate(rows):
            for column, text in enumerate(row):
                cell = table.cell(at, column)
                cell.text, cell.vertical_anchor = text, MSO_ANCHOR.MIDDLE
                cell.text_frame.paragraphs[0].font.size = Pt(20)
                cell.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT if column == 0 else PP_ALIGN.RIGHT
        self._text(slide, caption, (0.7, 1.75 + 0.6 * len(rows), 11.93, 0.8))

    def chart(
        self, title: str, categories: Lines, series: list[Series], caption: str, notes: str = ""
    ) -> None:
        """Add a slide with a column chart that can be edited in Office."""
        slide = self._new("Title Only", title, notes)
        data = CategoryChartData()
        data.categories = categories
        for values in series:
            data.add_series(values.name, values.values)
        place = tuple(Inches(length) for length in (0.7, 1.4, 11.93, 4.75))
        chart = slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *place, data).chart
        chart.has_legend = True
        chart.legend.position = XL_LEGEND_POSITION.BOTTOM
        chart.legend.include_in_layout = False
        chart.font.size = Pt(16)
        chart.value_axis.major_gridlines.format.line.color.rgb = RGBColor.from_string("D5DADD")
        chart.plots[0].gap_width = 70
        self._text(slide, caption, (0.7, 6.2, 11.93, 0.5))

    def process(self, title: str, steps: Lines, lines: Lines, notes: str = "") -> None:
        """Add a slide with a SmartArt of steps and bullets under it."""
        slide = self._new("Title and Content", title, notes)
        body = slide.placeholders[1]
        body.left, body.top, body.width, body.height = (Inches(x) for x in (0.7, 3.5, 11.93, 3.1))
        _fill(body, lines)
        add_process(slide, steps, (0.7, 1.7, 11.4, 1.5), "Processteg")

    def hub(self, title: str, centre: str, around: tuple[str, str, str, str], notes: str = "") -> None:
        """Add a slide with four boxes tied to one in the middle; all of them are one group."""
        slide = self._new("Title Only", title, notes)
        group = slide.shapes.add_group_shape()
        group.name = "Samverkan"
        for x, y in ((2.5, 2.2), (10.8, 2.2), (2.5, 5.9), (10.8, 5.9)):
            ends = (Inches(length) for length in (6.66, 4.05, x, y))
            line = group.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *ends)
            line.line.color.rgb, line.line.width = RGBColor.from_string(SLATE), Pt(2.5)
        places: list[Place] = [(0.9, 1.6, 3.6, 1.3), (8.83, 1.6, 3.6, 1.3), (0.9, 5.25, 3.6, 1.3)]
        places.append((8.83, 5.25, 3.6, 1.3))
        for text, place in zip(around, places, strict=True):
            self._box(group, text, place, GREEN, 20)
        self._box(group, centre, (4.66, 3.3, 4.0, 1.5), DARK, 24)

    def quote(self, title: str, text: str, source: str) -> None:
        """Add a slide with one sentence in a large box and where it comes from."""
        slide = self._new("Title Only", title)
        box = self._box(slide, text, (1.4, 2.0, 10.5, 2.9), SAND, 30)
        box.text_frame.paragraphs[0].font.color.rgb = RGBColor.from_string(DARK)
        self._text(slide, source, (1.4, 5.1, 10.5, 0.6))

    def _new(self, layout: str, title: str, notes: str = "") -> Any:
        slide_layout = next(each for each in self._deck.slide_layouts if each.name == layout)
        slide = self._deck.slides.add_slide(slide_layout)
        slide.shapes.title.text = title
        for shape in slide_layout.placeholders:  # python-pptx leaves footer and number behind
            if shape.placeholder_format.idx in (FOOTER_IDX, NUMBER_IDX):
                slide.shapes.clone_placeholder(shape)
        for shape in slide.placeholders:
            if shape.placeholder_format.idx == FOOTER_IDX:
                _footer(shape, self._footer)
            elif shape.placeholder_format.idx == NUMBER_IDX:
                _number(shape, len(self._deck.slides))
        if notes:
            slide.notes_slide.notes_text_frame.text = notes
        return slide

    def _box(self, holder: Any, text: str, place: Place, colour: str, size: int) -> Any:
        lengths = (Inches(length) for length in place)
        shape = holder.shapes.add_shape(MSO_SHAPE.ROUNDED_RECTANGLE, *lengths)
        shape.adjustments[0] = 0.12
        shape._element.find(f".//{qn('a:effectRef')}").set("idx", "0")  # no shadow
        shape.fill.solid()
        shape.fill.fore_color.rgb = RGBColor.from_string(colour)
        shape.line.fill.background()
        shape.text = text
        paragraph = shape.text_frame.paragraphs[0]
        paragraph.alignment, paragraph.font.size, paragraph.font.bold = PP_ALIGN.CENTER, Pt(size), True
        return shape

    def _text(self, slide: Any, text: str, place: Place) -> None:
        box = slide.shapes.add_textbox(*(Inches(length) for length in place))
        box.text_frame.word_wrap = True
        box.text_frame.text = text
        font = box.text_frame.paragraphs[0].font
        font.size, font.italic, font.color.rgb = Pt(16), True, RGBColor.from_string(SLATE)


def _fill(placeholder: Any, lines: Lines) -> None:
    frame = placeholder.text_frame
    for at, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        paragraph.text = line.removeprefix("- ")
        paragraph.level = 1 if line.startswith("- ") else 0


def _footer(shape: Any, text: str) -> None:
    shape.text = text
    paragraph = shape.text_frame.paragraphs[0]
    # LibreOffice takes neither from the layout
    paragraph.alignment, paragraph.font.name = PP_ALIGN.LEFT, "Calibri"


def _number(shape: Any, number: int) -> None:
    paragraph = shape.text_frame.paragraphs[0]._p
    field = paragraph.makeelement(
        qn("a:fld"), {"id": "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}", "type": "slidenum"}
    )
    run = field.makeelement(qn("a:rPr"), {"lang": "sv-SE"})
    text = field.makeelement(qn("a:t"), {})
    text.text = str(number)
    field.append(run)
    field.append(text)
    paragraph.insert(0, field)
