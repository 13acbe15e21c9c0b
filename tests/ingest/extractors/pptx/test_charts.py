import zipfile
from io import BytesIO

import pytest
from pptx import Presentation
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Emu, Pt

from archive.ingest.extractors.ooxml.markup import Element, parse
from archive.ingest.extractors.pptx.charts import chart_blocks
from archive.ingest.extractors.pptx.figures import SWEDISH, FigureStyle, figure
from archive.ingest.extractors.pptx.graphics import extended_chart_blocks
from archive.ingest.extractors.pptx.reader import PptxExtractor
from archive.model.pages import BlockField
from tests.ingest.extractors.decks import BLANK, into_part, related, rewritten, saved, with_member
from tests.ingest.extractors.extraction import read, texts

_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_C15 = "http://schemas.microsoft.com/office/drawing/2012/chart"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_CX = "http://schemas.microsoft.com/office/drawing/2014/chartex"
_USER_SHAPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/chartUserShapes"


def _chart(kind: str, data: CategoryChartData | XyChartData) -> bytes:
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[BLANK])
    size = (Emu(0), Emu(0), Pt(300), Pt(200))
    slide.shapes.add_chart(getattr(XL_CHART_TYPE, kind), *size, data)
    return saved(presentation)


def _pie(number_format: str = "General") -> bytes:
    data = CategoryChartData(number_format=number_format)
    data.categories = ["Buss", "Tåg"]
    data.add_series("Resor", (0.25, 0.75))
    return _chart("PIE", data)


def _chart_part(deck: bytes) -> str:
    with zipfile.ZipFile(BytesIO(deck)) as package:
        return next(name for name in package.namelist() if name.startswith("ppt/charts/chart"))


def _parsed(inside: str) -> Element:
    names = f'xmlns:c="{_C}" xmlns:c15="{_C15}" xmlns:a="{_A}"'
    return parse(f"<c:chartSpace {names}>{inside}</c:chartSpace>".encode())


def _words(text: str) -> str:
    return f"<a:p><a:r><a:t>{text}</a:t></a:r></a:p>"


@pytest.mark.parametrize(
    ("value", "code", "style", "shown"),
    [
        ("0.355", "General", FigureStyle(), "0.355"),
        ("0.355", "0%", FigureStyle(), "36% (0.355)"),
        ("0.355", "0.0%", SWEDISH, "35,5% (0.355)"),
        ("1234567", "#,##0", FigureStyle(), "1,234,567 (1234567)"),
        ("1234567", "#,##0", SWEDISH, "1 234 567 (1234567)"),
        ("4.2999999999999998", "0.00", FigureStyle(), "4.30 (4.3)"),
        ("4.2999999999999998", "General", SWEDISH, "4,3 (4.3)"),
        ("12", '0" kr"', FigureStyle(), "12"),
        ("-3", "0;[Red]-0", FigureStyle(), "-3"),
        ("45292", "yyyy\\-mm\\-dd", FigureStyle(), "2024-01-01 (45292)"),
        ("45292", "mmm-yy", FigureStyle(), "2024-01 (45292)"),
        ("43830", "yyyy", FigureStyle(from_1904=True), "2024 (43830)"),
        ("Norr", "0%", FigureStyle(), "Norr"),
        ("nan", "0%", FigureStyle(), "nan"),
        ("1e400", "0%", FigureStyle(), "1e400"),
    ],
)
def test_figure_is_written_as_the_chart_shows_it(
    value: str, code: str, style: FigureStyle, shown: str
) -> None:
    assert figure(value, code, style) == shown


def test_number_format_of_the_data_is_used() -> None:
    pages, _ = read(PptxExtractor(), _pie("0%"))
    chart = next(block for block in pages[0].blocks if block.field is BlockField.CHART)
    assert [row[1] for row in chart.rows] == ["Resor", "25% (0.25)", "75% (0.75)"]


def test_number_format_of_the_labels_comes_before_that_of_the_data() -> None:
    deck = _pie()
    labels = '<c:dLbls><c:numFmt formatCode="0%" sourceLinked="0"/><c:showVal val="1"/></c:dLbls>'
    pages, _ = read(PptxExtractor(), into_part(deck, _chart_part(deck), labels, "</c:ser>"))
    chart = next(block for block in pages[0].blocks if block.field is BlockField.CHART)
    assert chart.rows[1] == ("Buss", "25% (0.25)")


def test_shares_that_a_pie_shows_are_read() -> None:
    deck = _pie()
    labels = '<c:dLbls><c:showPercent val="1"/></c:dLbls>'
    pages, _ = read(PptxExtractor(), into_part(deck, _chart_part(deck), labels, "</c:ser>"))
    chart = next(block for block in pages[0].blocks if block.field is BlockField.CHART)
    assert chart.rows[1:] == (("Buss", "0.25", "25%"), ("Tåg", "0.75", "75%"))


def test_figures_follow_the_language_of_the_program_that_made_the_chart() -> None:
    deck = _pie()
    part = _chart_part(deck)

    def swedish(name: str, data: bytes) -> bytes:
        return data.replace(b"<c:chart>", b'<c:lang val="sv-SE"/><c:chart>') if name == part else data

    pages, _ = read(PptxExtractor(), rewritten(deck, swedish))
    assert "0,25 (0.25)" in texts(pages[0], BlockField.CHART)[0]


def test_series_with_figures_of_their_own_on_both_axes_keep_them() -> None:
    data = XyChartData()
    for name, points in (("Norr", ((1, 10), (2, 20))), ("Syd", ((3, 30), (4, 40)))):
        series = data.add_series(name)
        for x, y in points:
            series.add_data_point(x, y)
    pages, _ = read(PptxExtractor(), _chart("XY_SCATTER", data))
    charts = [block for block in pages[0].blocks if block.field is BlockField.CHART]
    assert [block.rows for block in charts] == [
        (("", "Norr"), ("1", "10"), ("2", "20")),
        (("", "Syd"), ("3", "30"), ("4", "40")),
    ]


def test_titles_of_axes_and_labels_that_someone_wrote_are_read() -> None:
    label = f'<c:dLbl><c:idx val="0"/><c:tx><c:rich>{_words("toppår")}</c:rich></c:tx></c:dLbl>'
    axis = f"<c:valAx><c:title><c:tx><c:rich>{_words('Miljoner resor')}</c:rich></c:tx></c:title></c:valAx>"
    trend = "<c:trendline><c:name>Utveckling</c:name></c:trendline>"
    blocks = chart_blocks(_parsed(f"{axis}<c:ser><c:dLbls>{label}</c:dLbls>{trend}</c:ser>"))
    assert [paragraph.text for paragraph in blocks[0].paragraphs] == [
        "Miljoner resor",
        "toppår",
        "Utveckling",
    ]


@pytest.mark.parametrize(
    ("series", "language", "title"),
    [(1, "sv-SE", "Resor"), (2, "en-US", "Chart Title"), (2, "sv-SE", "Diagramrubrik")],
)
def test_title_that_no_one_wrote_is_what_the_program_shows(series: int, language: str, title: str) -> None:
    name = "<c:ser><c:tx><c:v>Resor</c:v></c:tx></c:ser>"
    chart = f'<c:lang val="{language}"/><c:chart><c:title><c:overlay/></c:title>{name * series}</c:chart>'
    assert chart_blocks(_parsed(chart))[0].paragraphs[0].text == title


def test_labels_taken_from_cells_are_read_and_what_stands_for_them_is_not() -> None:
    stand_in = '<a:p><a:fld id="{0}" type="CELLRANGE"><a:t>[CELLRANGE]</a:t></a:fld></a:p>'
    label = f"<c:dLbl><c:tx><c:rich>{stand_in}</c:rich></c:tx></c:dLbl>"
    cells = '<c15:dlblRangeCache><c:pt idx="0"><c:v>Gävle</c:v></c:pt></c15:dlblRangeCache>'
    blocks = chart_blocks(_parsed(f"<c:ser><c:dLbls>{label}</c:dLbls>{cells}</c:ser>"))
    assert [paragraph.text for paragraph in blocks[0].paragraphs] == ["Gävle"]


def test_names_of_several_levels_are_joined() -> None:
    level = '<c:lvl><c:pt idx="0"><c:v>{0}</c:v></c:pt></c:lvl>'
    names = f"<c:multiLvlStrCache>{level.format('Kv 1')}{level.format('2024')}</c:multiLvlStrCache>"
    value = '<c:val><c:numCache><c:pt idx="0"><c:v>5</c:v></c:pt></c:numCache></c:val>'
    blocks = chart_blocks(
        _parsed(f"<c:ser><c:cat><c:multiLvlStrRef>{names}</c:multiLvlStrRef></c:cat>{value}</c:ser>")
    )
    assert blocks[0].rows == (("", ""), ("2024 Kv 1", "5"))


def test_words_drawn_on_a_chart_are_read() -> None:
    deck = _pie()
    part = _chart_part(deck)
    deck = related(deck, part, _USER_SHAPES, "/ppt/drawings/drawing1.xml")
    drawing = f'<c:userShapes xmlns:c="{_C}" xmlns:a="{_A}">{_words("Mål 2030")}</c:userShapes>'
    pages, _ = read(PptxExtractor(), with_member(deck, "ppt/drawings/drawing1.xml", drawing.encode()))
    assert "Mål 2030" in texts(pages[0], BlockField.CHART)


def test_lost_chart_is_said() -> None:
    deck = _pie()
    pages, finish = read(PptxExtractor(), with_member(deck, _chart_part(deck), None))
    assert pages[0].broken
    assert finish.message == "Slide 1 could not be read whole."


def test_extended_chart_gives_titles_names_and_figures() -> None:
    title = f"<cx:title><cx:tx><cx:rich>{_words('Markanvändning')}</cx:rich></cx:tx></cx:title>"
    names = '<cx:strDim type="cat"><cx:lvl><cx:pt idx="0">Skog</cx:pt><cx:pt idx="1">Åker</cx:pt></cx:lvl>'
    values = '<cx:numDim type="val"><cx:lvl formatCode="0%"><cx:pt idx="0">0.7</cx:pt>'
    series = '<cx:series><cx:tx><cx:txData><cx:v>Andel</cx:v></cx:txData></cx:tx><cx:dataId val="0"/>'
    xml = (
        f'<cx:chartSpace xmlns:cx="{_CX}" xmlns:a="{_A}"><cx:chartData><cx:data id="0">{names}</cx:strDim>'
        f'{values}<cx:pt idx="1">0.3</cx:pt></cx:lvl></cx:numDim></cx:data></cx:chartData><cx:chart>{title}'
        f"{series}</cx:series></cx:chart></cx:chartSpace>"
    )
    (block,) = extended_chart_blocks(parse(xml.encode()))
    assert [paragraph.text for paragraph in block.paragraphs] == ["Markanvändning"]
    assert block.rows == (("", "Andel"), ("Skog", "70% (0.7)"), ("Åker", "30% (0.3)"))
