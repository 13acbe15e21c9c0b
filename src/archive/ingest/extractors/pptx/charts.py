"""The words and figures of a chart: its titles, its categories and its series."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from archive.ingest.extractors import left_out
from archive.ingest.extractors.ooxml.drawing_text import (
    PARAGRAPH,
    language_of,
    lines,
    paragraph_text,
    unescaped,
)
from archive.ingest.extractors.ooxml.markup import C, Element, is_true, whole_number
from archive.ingest.extractors.pptx.figures import SWEDISH, FigureStyle, figure, percentage
from archive.model.pages import Block, BlockField, Paragraph

POINTS_MAX = 2000
_SERIES_MAX = 255  # as in Excel
_TOO_MANY_POINTS = f"Only the first {POINTS_MAX:,} points of a chart were read."
_TOO_MANY_SERIES = f"Only the first {_SERIES_MAX} series of a chart were read."
_CATEGORIES = ("cat", "xVal")
_VALUES = ("val", "yVal", "bubbleSize")
_PARTED = (C + "pieChart", C + "pie3DChart", C + "doughnutChart", C + "ofPieChart")
# Texts of labels that are taken from cells ([MS-ODRAWXML] 2.24.3).
_LABEL_CELLS = "{http://schemas.microsoft.com/office/drawing/2012/chart}dlblRangeCache"

Points = dict[int, str]


def chart_blocks(chart: Element) -> list[Block]:
    """Return a `c:chartSpace` as blocks: titles and labels as paragraphs, then a row for each category.

    The first row holds the names of the series; series with categories of their own get a block of their
    own. Empty when the chart has neither words nor figures.
    """
    style = _style(chart)
    paragraphs = tuple(Paragraph(text) for text in (*_titles(chart, style), *_labels(chart)))
    tables = [table for table in _tables(_series(chart), style) if table]
    language = language_of((chart,))
    if not tables:
        return [Block(BlockField.CHART, paragraphs=paragraphs, language=language)] if paragraphs else []
    first = Block(BlockField.CHART, paragraphs, tables[0], has_header=True, language=language)
    return [first, *(Block(BlockField.CHART, rows=rows, has_header=True) for rows in tables[1:])]


def points_up_to_bound(points: Iterable[Element]) -> Iterator[Element]:
    """Yield as many points of one series or level as are read."""
    return left_out.up_to(points, POINTS_MAX, _TOO_MANY_POINTS)


def first_points(indices: Iterable[int]) -> list[int]:
    """Return the indices of the points that are read, in their order."""
    return list(left_out.up_to(sorted(indices), POINTS_MAX, _TOO_MANY_POINTS))


def _series(chart: Element) -> list[Element]:
    return list(left_out.up_to(chart.iter(C + "ser"), _SERIES_MAX, _TOO_MANY_SERIES))


def _style(chart: Element) -> FigureStyle:
    """Return how figures are written where the chart was made (`c:lang`, the language of its program)."""
    language = chart.find(C + "lang")
    epoch = chart.find(C + "date1904")
    from_1904 = epoch is not None and is_true(epoch.get("val", "1"))
    is_swedish = language is not None and language.get("val", "").startswith("sv")
    base = SWEDISH if is_swedish else FigureStyle()
    return replace(base, from_1904=from_1904)


def _titles(chart: Element, style: FigureStyle) -> Iterator[str]:
    for title in chart.iter(C + "title"):
        texts = (paragraph_text(paragraph) for paragraph in title.iter(PARAGRAPH))
        text = " ".join(text for text in texts if text) or " ".join(_points(title).values())
        text = text or _automatic_title(title, style)
        if text:
            yield text


def _automatic_title(title: Element, style: FigureStyle) -> str:
    """Return what PowerPoint shows where a chart has a title that no one wrote."""
    chart = title.getparent()
    if chart.tag != C + "chart" or title.find(C + "tx") is not None:
        return ""
    series = list(islice(chart.iter(C + "ser"), 2))
    if len(series) == 1:
        return " ".join(_points(series[0].find(C + "tx")).values())
    return "Diagramrubrik" if style.decimal == SWEDISH.decimal else "Chart Title"


def _labels(chart: Element) -> Iterator[str]:
    """Yield labels that someone wrote, those taken from cells, and names of trend lines."""
    for element in chart.iter(C + "dLbl", _LABEL_CELLS, C + "trendline"):
        if element.tag == C + "dLbl":
            texts = element.find(f"{C}tx/{C}rich")
            yield from () if texts is None else lines(texts)
        elif element.tag == C + "trendline":
            name = (element.findtext(C + "name") or "").strip()
            yield from (name,) if name else ()
        else:
            yield from _values(element).values()


def _tables(series: list[Element], style: FigureStyle) -> Iterator[tuple[tuple[str, ...], ...]]:
    """Yield the rows of the series, those with the same categories together."""
    groups: list[tuple[Points, list[Element]]] = []
    for single in series:
        categories = _first_points(single, _CATEGORIES, style)
        fitting = next((group for group in groups if not categories or group[0] in (categories, {})), None)
        if fitting is None:
            groups.append((categories, [single]))
            continue
        fitting[0].update(categories)
        fitting[1].append(single)
    for categories, members in groups:
        yield _rows(categories, members, style)


def _rows(categories: Points, series: list[Element], style: FigureStyle) -> tuple[tuple[str, ...], ...]:
    names: list[str] = []
    columns: list[Points] = []
    for single in series:
        own = replace(style, code=_label_format(single))
        own_columns = [points for tag in _VALUES if (points := _points(single.find(C + tag), own))] or [{}]
        own_columns += [shares] if (shares := _shares(single, style)) else []
        names += [" ".join(_points(single.find(C + "tx")).values()), *[""] * (len(own_columns) - 1)]
        columns += own_columns
    indices = first_points({*categories, *(index for column in columns for index in column)})
    body = tuple(
        (categories.get(index, ""), *(column.get(index, "") for column in columns)) for index in indices
    )
    rows = (("", *names), *body)
    return rows if any(cell.strip() for row in rows for cell in row) else ()


def _label_format(series: Element) -> str:
    """Return the number format of the labels at a series' points, "" when it is that of the data."""
    for holder in (series, series.getparent()):
        number_format = None if holder is None else holder.find(f"{C}dLbls/{C}numFmt")
        if number_format is not None:
            is_linked = is_true(number_format.get("sourceLinked"))
            return "" if is_linked else number_format.get("formatCode", "")
    return ""


def _shares(series: Element, style: FigureStyle) -> Points:
    """Return the shares that a pie shows at its pieces, none when it shows none."""
    pie = series.getparent()
    if pie is None or pie.tag not in _PARTED:
        return {}
    if not any(is_true(node.get("val", "1")) for node in pie.iter(C + "showPercent")):
        return {}
    values = {}
    for index, text in _values(series.find(C + "val")).items():
        try:
            values[index] = abs(float(text))
        except ValueError:
            continue
    total = sum(values.values())
    return {index: percentage(value / total, style) for index, value in values.items()} if total else {}


def _first_points(series: Element, tags: tuple[str, ...], style: FigureStyle) -> Points:
    for tag in tags:
        points = _points(series.find(C + tag), style)
        if points:
            return points
    return {}


def _points(source: Element | None, style: FigureStyle | None = None) -> Points:
    """Return the cached points by index, figures as they are shown; without any, the one literal value."""
    if source is None:
        return {}
    points = _values(source, style)
    if not points:
        literal = (source.findtext(C + "v") or "").strip()
        return {0: literal} if literal else {}
    return points


def _values(source: Element | None, style: FigureStyle | None = None) -> Points:
    """Return the values of the points; names of several levels (year, month) are joined."""
    values: Points = {}
    points = () if source is None else source.iter(C + "pt")
    for position, point in enumerate(points_up_to_bound(points)):
        value = unescaped(point.findtext(C + "v") or "").strip()
        cache = point.getparent()
        if style is not None and cache.tag in (C + "numCache", C + "numLit"):
            code = style.code or point.get("formatCode") or cache.findtext(C + "formatCode") or "General"
            value = figure(value, code, style)
        key = whole_number(point.get("idx"), position)
        values[key] = f"{value} {values[key]}" if key in values else value
    return values
