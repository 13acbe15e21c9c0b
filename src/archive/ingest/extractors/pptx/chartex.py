"""The words and figures of newer kinds of chart: waterfall, tree map, sunburst, box plot, funnel, map.

Their form: [MS-ODRAWXML] 2.24.
"""

from collections import defaultdict
from collections.abc import Iterator

from archive.ingest.extractors.ooxml.drawing_text import language_of, lines
from archive.ingest.extractors.ooxml.markup import CX, Element, whole_number
from archive.ingest.extractors.pptx.charts import POINTS_MAX, Points
from archive.ingest.extractors.pptx.figures import FigureStyle, figure
from archive.model.pages import Block, BlockField, Paragraph

_STYLE = FigureStyle()


def extended_chart_blocks(chart: Element) -> list[Block]:
    """Return a `cx:chartSpace` as blocks: titles as paragraphs, then the rows of each set of data."""
    paragraphs = tuple(Paragraph(text) for text in _titles(chart))
    names = _series_names(chart)
    tables = [_rows(data, names[data.get("id", "")]) for data in chart.iter(CX + "data")]
    tables = [rows for rows in tables if rows]
    language = language_of((chart,))
    if not tables:
        return [Block(BlockField.CHART, paragraphs=paragraphs, language=language)] if paragraphs else []
    first = Block(BlockField.CHART, paragraphs, tables[0], has_header=True, language=language)
    return [first, *(Block(BlockField.CHART, rows=rows, has_header=True) for rows in tables[1:])]


def _titles(chart: Element) -> Iterator[str]:
    for title in chart.iter(CX + "title"):
        text = " ".join(lines(title)) or _literal(title)
        if text:
            yield text


def _literal(element: Element) -> str:
    values = (node.text for node in element.iterfind(f"{CX}tx/{CX}txData/{CX}v"))
    return " ".join(value.strip() for value in values if value and value.strip())


def _series_names(chart: Element) -> defaultdict[str, list[str]]:
    """Return the names of the series by the data that they show."""
    names: defaultdict[str, list[str]] = defaultdict(list)
    for series in chart.iter(CX + "series"):
        reference = series.find(CX + "dataId")
        name = _literal(series)
        if name:
            names["" if reference is None else reference.get("val", "")].append(name)
    return names


def _rows(data: Element, names: list[str]) -> tuple[tuple[str, ...], ...]:
    categories: Points = {}
    for dimension in data.iterfind(CX + "strDim"):
        categories = categories or _points(dimension)
    columns = [points for each in data.iterfind(CX + "numDim") if (points := _points(each))]
    indices = sorted({*categories, *(index for column in columns for index in column)})[:POINTS_MAX]
    head = ("", *(names[at] if at < len(names) else "" for at in range(max(len(columns), len(names)))))
    body = ((categories.get(at, ""), *(column.get(at, "") for column in columns)) for at in indices)
    rows = (head, *body)
    return rows if any(cell.strip() for row in rows for cell in row) else ()


def _points(dimension: Element) -> Points:
    """Return the points of a dimension by index; levels, which come innermost first, are joined."""
    is_number = dimension.tag == CX + "numDim"
    points: Points = {}
    for level in dimension.iterfind(CX + "lvl"):
        code = level.get("formatCode") or "General"
        for position, point in enumerate(level.iterfind(CX + "pt")):
            if position >= POINTS_MAX:
                break
            value = (point.text or "").strip()
            value = figure(value, code, _STYLE) if is_number else value
            key = whole_number(point.get("idx"), position)
            points[key] = f"{value} {points[key]}" if key in points else value
    return points
