"""Walk the shapes of a slide and take the words out of each."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree
from pptx.enum.shapes import PP_PLACEHOLDER

from archive.ingest.extractors.pptx.bullets import has_bullet, list_styles
from archive.ingest.extractors.pptx.charts import chart_block, extended_chart_block
from archive.ingest.extractors.pptx.diagrams import diagram_block
from archive.ingest.extractors.pptx.markup import CX, DGM, A, C, Element, P, R, paragraph_text, parse
from archive.ingest.extractors.pptx.placement import Frame, Placed
from archive.ingest.extractors.pptx.tables import table_block
from archive.model import Block, BlockField, Paragraph

_TITLES = {PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.VERTICAL_TITLE}
_FOOTERS = {
    PP_PLACEHOLDER.FOOTER,
    PP_PLACEHOLDER.DATE,
    PP_PLACEHOLDER.SLIDE_NUMBER,
    PP_PLACEHOLDER.HEADER,
}
_GROUP_DEPTH_MAX = 40
_LEVEL_MAX = 8
# The line that Office adds to descriptions it has made by itself.
_MACHINE_MADE = re.compile(
    r"\n\s*(?:Automatiskt genererad beskrivning|Description automatically generated)[^\n]*\Z"
)
_FILE_NAME = re.compile(r"[\w\-. ()+]+\.(?:png|jpe?g|gif|emf|wmf|svg|tiff?|bmp|webp|eps)", re.IGNORECASE)


class ShapeWalk:
    """Collects the blocks of one slide; `broken` counts shapes that could not be read."""

    def __init__(self) -> None:
        self.placed: list[Placed] = []
        self.broken = 0

    def collect(self, shapes: Iterable[Any], frame: Frame | None = None, depth: int = 0) -> None:
        """Take up the words of `shapes` (python-pptx shapes), which stand in `frame`."""
        for shape in shapes:
            try:
                self._take(shape, frame or Frame(), depth)
            except MemoryError:
                raise
            except Exception:  # noqa: BLE001 - python-pptx raises any kind on odd XML; one shape is lost, not the slide
                self.broken += 1

    def _take(self, shape: Any, frame: Frame, depth: int) -> None:
        left, top = frame.place(_emu(shape, "left"), _emu(shape, "top"))
        is_group = shape.element.tag == P + "grpSp"
        blocks = () if is_group else _blocks(shape, in_group=depth > 0)
        self.placed += [Placed(block, left, top) for block in (*blocks, *_alternative(shape.element))]
        if is_group and depth < _GROUP_DEPTH_MAX:
            self.collect(shape.shapes, frame.inside(shape.element), depth + 1)


def _emu(shape: Any, name: str) -> float:
    try:
        return float(getattr(shape, name) or 0)
    except (ValueError, TypeError, AttributeError, KeyError):
        return 0.0  # a placeholder whose layout is lost: its words matter more than its place


def _blocks(shape: Any, in_group: bool) -> Iterator[Block]:
    if shape.element.tag == P + "graphicFrame":
        block = _graphic_block(shape)
    else:
        block = text_block(shape, _field_of(shape, in_group))
    if block is not None:
        yield block


def _field_of(shape: Any, in_group: bool) -> BlockField:
    if not shape.is_placeholder:
        return BlockField.GROUP if in_group else BlockField.BOX
    kind = shape.placeholder_format.type
    if kind in _TITLES:
        return BlockField.TITLE
    return BlockField.FOOTER if kind in _FOOTERS else BlockField.BODY


def text_block(shape: Any, field: BlockField) -> Block | None:
    """Return the words of a shape as a block of `field` with levels and bullets; None without words."""
    paragraphs: list[Paragraph] = []
    styles: list[Element] | None = None
    for node in shape.element.iterfind(f"{P}txBody/{A}p"):
        text = paragraph_text(node)
        if not text:
            continue
        if styles is None:
            styles = _styles_of(shape, field)
        level = _level(node)
        paragraphs.append(Paragraph(text, level, has_bullet(node, level, styles)))
    return Block(field, paragraphs=tuple(paragraphs)) if paragraphs else None


def _level(paragraph: Element) -> int:
    properties = paragraph.find(A + "pPr")
    level = "0" if properties is None else properties.get("lvl", "0")
    return min(int(level), _LEVEL_MAX) if level.isdecimal() and len(level) < 4 else 0


def _styles_of(shape: Any, field: BlockField) -> list[Element]:
    """Return the list styles of a shape, its layout's and master's placeholder and the master's body."""
    ancestors: list[Element] = []
    try:
        base = getattr(shape, "_base_placeholder", None)
        while base is not None and len(ancestors) < 3:
            ancestors.append(base.element)
            base = getattr(base, "_base_placeholder", None)
        layout = getattr(shape.part, "slide_layout", None)
        master = None if layout is None else layout.slide_master.element
    except (KeyError, AttributeError, ValueError, TypeError):
        master = None  # a slide without a layout inherits nothing
    is_body = field is BlockField.BODY and not _is_subtitle(shape)
    return list_styles(shape.element, ancestors, master, is_body)


def _is_subtitle(shape: Any) -> bool:
    return bool(shape.is_placeholder and shape.placeholder_format.type == PP_PLACEHOLDER.SUBTITLE)


def _graphic_block(shape: Any) -> Block | None:
    """Return what stands in a `p:graphicFrame`: a table, a chart or a diagram."""
    frame = shape.element
    table = next(frame.iter(A + "tbl"), None)
    if table is not None:
        return table_block(table)
    for tag, attribute, reader in (
        (C + "chart", R + "id", chart_block),
        (CX + "chart", R + "id", extended_chart_block),
        (DGM + "relIds", R + "dm", diagram_block),
    ):
        reference = next(frame.iter(tag), None)
        if reference is not None:
            data = shape.part.related_part(reference.get(attribute)).blob
            return reader(_parsed(data))
    return None


def _parsed(data: bytes) -> Element:
    try:
        return parse(data)
    except etree.XMLSyntaxError:
        root = parse(data, recover=True)
        if root is None:
            raise
        return root


def _alternative(element: Element) -> Iterator[Block]:
    """Yield the alternative text of a shape, unless it is no more than a file's name."""
    properties = next(
        (child.find(P + "cNvPr") for child in element if str(child.tag).startswith(P + "nv")), None
    )
    if properties is None:
        return
    texts = dict.fromkeys(
        _MACHINE_MADE.sub("", properties.get(name, "")).strip() for name in ("title", "descr")
    )
    paragraphs = [Paragraph(text) for text in texts if text and not _FILE_NAME.fullmatch(text)]
    if paragraphs:
        yield Block(BlockField.ALT_TEXT, paragraphs=tuple(paragraphs))
