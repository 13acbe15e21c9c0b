"""The words of a SmartArt diagram, from its data model."""

from collections import defaultdict
from collections.abc import Iterator

from archive.ingest.extractors.pptx.markup import DGM, Element, whole_number
from archive.ingest.extractors.pptx.paragraphs import PARAGRAPH, language_of, lines, paragraph_text
from archive.model.pages import Block, BlockField, Paragraph

_WORDLESS = ("doc", "pres")  # the diagram itself, and what its layout makes of the others
_LEVEL_MAX = 8


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
        for text in _texts(points[point_id])
    ]
    return _block(paragraphs, model)


def drawing_block(drawing: Element) -> Block | None:
    """Return the words of the drawing (`dsp:drawing`) that is kept beside a diagram whose model is lost."""
    return _block([Paragraph(text) for text in lines(drawing)], drawing)


def _block(paragraphs: list[Paragraph], source: Element) -> Block | None:
    if not paragraphs:
        return None
    return Block(BlockField.DIAGRAM, paragraphs=tuple(paragraphs), language=language_of((source,)))


def _texts(point: Element) -> Iterator[str]:
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
