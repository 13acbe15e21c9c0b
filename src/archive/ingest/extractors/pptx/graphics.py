"""The words in graphic frames: tables, charts and diagrams (SmartArt)."""

from collections import defaultdict
from collections.abc import Iterator

from archive.ingest.extractors.ooxml.drawing_text import PARAGRAPH, language_of, lines, paragraph_text
from archive.ingest.extractors.ooxml.markup import CX, DGM, A, C, Element, R, is_true, whole_number
from archive.ingest.extractors.ooxml.relations import relations_of
from archive.ingest.extractors.pptx.charts import Points, chart_blocks, first_points, points_up_to_bound
from archive.ingest.extractors.pptx.figures import FigureStyle, figure
from archive.ingest.extractors.pptx.slide_parts import ShapePart
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
    indices = first_points({*categories, *(index for column in columns for index in column)})
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
        for position, point in enumerate(points_up_to_bound(level.iterfind(CX + "pt"))):
            value = (point.text or "").strip()
            value = figure(value, code, _STYLE) if is_number else value
            key = whole_number(point.get("idx"), position)
            points[key] = f"{value} {points[key]}" if key in points else value
    return points


_DRAWING = "diagramDrawing"
_WORDLESS = ("doc", "pres")  # the diagram itself, and what its layout makes of the others
_LEVEL_MAX = 8


class LostPart(ValueError):
    """The part with the words of a frame is not in the package."""


def graphic_blocks(frame: Element, part: ShapePart) -> Iterator[Block]:
    """Yield the words of a `p:graphicFrame`. Raises LostPart when they are in a part that is lost."""
    content = frame.find(f"{A}graphic/{A}graphicData")
    for element in (
        () if content is None else content.iter(A + "tbl", C + "chart", CX + "chart", DGM + "relIds")
    ):
        if element.tag == A + "tbl":
            block = table_block(element)
            yield from () if block is None else (block,)
        elif element.tag == DGM + "relIds":
            yield from _diagram(element, part)
        elif element.get(R + "id"):
            yield from _chart(element, part)
            return


def _chart(reference: Element, part: ShapePart) -> Iterator[Block]:
    name = part.related_name(reference.get(R + "id"))
    root = part.package.tree(name)
    if root is None:
        raise LostPart
    yield from chart_blocks(root) if reference.tag == C + "chart" else extended_chart_blocks(root)
    overlay = relations_of(part.package, name).first("chartUserShapes")
    drawn = part.package.tree(overlay) if overlay else None
    paragraphs = () if drawn is None else tuple(Paragraph(text) for text in lines(drawn))
    if paragraphs:
        yield Block(BlockField.CHART, paragraphs=paragraphs)


def _diagram(reference: Element, part: ShapePart) -> Iterator[Block]:
    """Yield the words of the data model; those of the drawing made from it only when the model is lost."""
    model = part.related(reference.get(R + "dm"))
    if model is not None:
        block = diagram_block(model)
    else:
        drawing = part.package.tree(part.relations.first(_DRAWING))
        if drawing is None:
            raise LostPart
        block = drawing_block(drawing)
    if block is not None:
        yield block


def table_block(table: Element) -> Block | None:
    """Return an `a:tbl` as a block; merged cells give their words once. None when it has no words."""
    rows = tuple(tuple(_cell_text(cell) for cell in row.findall(A + "tc")) for row in table.findall(A + "tr"))
    if not any(any(row) for row in rows):
        return None
    properties = table.find(A + "tblPr")
    has_header = properties is not None and is_true(properties.get("firstRow"))
    return Block(BlockField.TABLE, rows=rows, has_header=has_header, language=language_of((table,)))


def _cell_text(cell: Element) -> str:
    if is_true(cell.get("hMerge")) or is_true(cell.get("vMerge")):
        return ""
    texts = (paragraph_text(paragraph) for paragraph in cell.iterfind(f"{A}txBody/{PARAGRAPH}"))
    return "\n".join(text for text in texts if text)


def diagram_block(model: Element) -> Block | None:
    """Return a `dgm:dataModel` as a block with the levels of its tree; None when it has no words."""
    points = {point.get("modelId", ""): point for point in model.iter(DGM + "pt")}
    order = list(_outline(model, points))
    seen = {point_id for point_id, _ in order}
    order += [(point_id, 0) for point_id in points if point_id not in seen]
    paragraphs = [
        Paragraph(text, level)
        for point_id, level in order
        if points[point_id].get("type") not in _WORDLESS
        for text in _point_texts(points[point_id])
    ]
    return _block(paragraphs, model)


def drawing_block(drawing: Element) -> Block | None:
    """Return the words of the drawing (`dsp:drawing`) that is kept with a diagram whose model is lost."""
    return _block([Paragraph(text) for text in lines(drawing)], drawing)


def _block(paragraphs: list[Paragraph], source: Element) -> Block | None:
    if not paragraphs:
        return None
    return Block(BlockField.DIAGRAM, paragraphs=tuple(paragraphs), language=language_of((source,)))


def _point_texts(point: Element) -> Iterator[str]:
    for paragraph in point.iterfind(f"{DGM}t/{PARAGRAPH}"):
        text = paragraph_text(paragraph)
        if text:
            yield text


def _outline(model: Element, points: dict[str, Element]) -> Iterator[tuple[str, int]]:
    """Yield point ids with their level, parents before children, in the order of the connections."""
    children: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for connection in model.iter(DGM + "cxn"):
        if connection.get("type", "parOf") == "parOf":
            place = whole_number(connection.get("srcOrd"))
            children[connection.get("srcId", "")].append((place, connection.get("destId", "")))
    roots = [point_id for point_id, point in points.items() if point.get("type") == "doc"]
    todo = [(point_id, -1) for point_id in reversed(roots)]
    seen: set[str] = set()
    while todo:
        point_id, level = todo.pop()
        if point_id in seen or point_id not in points:
            continue
        seen.add(point_id)
        yield point_id, min(max(level, 0), _LEVEL_MAX)
        below = sorted(children[point_id], key=lambda child: child[0], reverse=True)
        todo += [(child, level + 1) for _, child in below]
