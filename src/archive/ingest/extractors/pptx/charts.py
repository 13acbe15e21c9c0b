"""The words and figures of a chart: its titles, its categories and its series."""

from collections.abc import Iterator

from archive.ingest.extractors.pptx.markup import CX, A, C, Element, paragraph_text
from archive.model import Block, BlockField, Paragraph

_POINTS_MAX = 2000
_CATEGORIES = ("cat", "xVal")
_VALUES = ("val", "yVal")


def chart_block(chart: Element) -> Block | None:
    """Return a `c:chartSpace` as a block: titles as paragraphs, then one row for each category.

    The first row holds the names of the series. None when the chart has neither words nor figures.
    """
    titles = tuple(Paragraph(text) for text in _titles(chart))
    series = list(chart.iter(C + "ser"))
    rows = _rows(series)
    if not titles and not rows:
        return None
    return Block(BlockField.CHART, paragraphs=titles, rows=rows, has_header=bool(rows))


def extended_chart_block(chart: Element) -> Block | None:
    """Return the titles and names in a `cx:chartSpace` (waterfall, tree map …), None when it has none."""
    texts = [*_titles(chart), *(point.text or "" for point in chart.iter(CX + "pt") if _is_name(point))]
    paragraphs = tuple(Paragraph(text) for text in texts[:_POINTS_MAX] if text.strip())
    return Block(BlockField.CHART, paragraphs=paragraphs) if paragraphs else None


def _is_name(point: Element) -> bool:
    return any(ancestor.tag == CX + "strDim" for ancestor in point.iterancestors())


def _titles(chart: Element) -> Iterator[str]:
    for title in chart.iter(C + "title", CX + "title"):
        lines = (paragraph_text(paragraph) for paragraph in title.iter(A + "p"))
        text = " ".join(line for line in lines if line) or " ".join(_points(title).values())
        if text:
            yield text


def _rows(series: list[Element]) -> tuple[tuple[str, ...], ...]:
    names = [" ".join(_points(one.find(C + "tx")).values()) for one in series]
    columns = [_first_points(one, _VALUES) for one in series]
    categories: dict[int, str] = {}
    for one in series:
        categories = categories or _first_points(one, _CATEGORIES)
    indices = sorted({*categories, *(index for column in columns for index in column)})[:_POINTS_MAX]
    body = tuple(
        (categories.get(index, ""), *(column.get(index, "") for column in columns)) for index in indices
    )
    return (("", *names), *body) if body or any(names) else ()


def _first_points(series: Element, tags: tuple[str, ...]) -> dict[int, str]:
    for tag in tags:
        points = _points(series.find(C + tag))
        if points:
            return points
    return {}


def _points(source: Element) -> dict[int, str]:
    """Return the cached points by index; names of several levels (year, month) are joined."""
    found: dict[int, str] = {}
    if source is None:
        return found
    for position, point in enumerate(source.iter(C + "pt")):
        if position >= _POINTS_MAX:
            break
        index = point.get("idx", "")
        value = _plain(point.findtext(C + "v") or "")
        key = int(index) if index.isdecimal() and len(index) < 9 else position
        found[key] = f"{value} {found[key]}" if key in found else value
    if not found:
        literal = source.findtext(C + "v")
        if literal:
            found[0] = _plain(literal)
    return found


def _plain(value: str) -> str:
    """Return a figure without the noise of binary fractions ("4.2999999999999998" as "4.3")."""
    text = value.strip()
    if len(text) < 12 or "." not in text:
        return text
    try:
        return format(float(text), ".10g")
    except ValueError:
        return text
