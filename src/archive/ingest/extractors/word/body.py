"""Writes the text of a Word document down in its order: paragraphs, lists, tables, boxes, pages."""

from collections.abc import Iterable, Mapping
from typing import Any

from archive.ingest.extractors.flowing.flow import Flow
from archive.ingest.extractors.word.markup import (
    BREAK,
    attribute,
    boxes_in,
    child,
    descriptions_in,
    local,
    text_of,
    value,
    walk,
)
from archive.ingest.extractors.word.styles import Styles
from archive.model.pages import BlockField

_WRAPPERS = frozenset(
    {"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "AlternateContent", "Choice"}
)
_DEPTH_MAX = 60


class Body:
    """Writes the text into a flow. `is_whole` is False once something was nested too deep to be read."""

    def __init__(self, flow: Flow, styles: Styles, relations: Mapping[str, tuple[str, str]]) -> None:
        self._flow = flow
        self._styles = styles
        self._relations = relations
        self._links: dict[str, None] = {}
        self._starts_page = False
        self.is_whole = True

    def write(self, story: Any, depth: int = 0) -> None:
        """Write what is in `story`, in its order."""
        for element in story:
            name = local(element)
            if name == "p":
                self._paragraph(element)
            elif name == "tbl":
                self._table(element)
            elif name in _WRAPPERS:
                self._inside(element, depth + 1)

    def _inside(self, wrapper: Any, depth: int) -> None:
        if depth > _DEPTH_MAX:
            self.is_whole = False
            return
        self.write(wrapper, depth)

    def write_links(self) -> None:
        """Write where the links of the page lead."""
        self._flow.block(BlockField.LINK, list(self._links))
        self._links = {}

    def _paragraph(self, paragraph: Any) -> None:
        properties = child(paragraph, "pPr")
        if properties is not None and child(properties, "pageBreakBefore") is not None:
            self._break()
        self._note_links(paragraph)
        for number, text in enumerate(text_of(paragraph).split(BREAK)):
            if number:
                self._break()
            self._line(text, properties)
        self._beside(paragraph)
        if properties is not None and _ends_section(properties):
            self._break()

    def _line(self, text: str, properties: Any) -> None:
        if not text.strip():
            return
        self._starts_page = False
        style = "" if properties is None else value(properties, "pStyle")
        if self._styles.is_heading(style) and len(text) < 300:
            self._flow.heading(text)
            return
        numbering = None if properties is None else child(properties, "numPr")
        level = value(numbering, "ilvl") if numbering is not None else ""
        is_item = numbering is not None and value(numbering, "numId") != "0"
        self._flow.paragraph(
            text, int(level) if level.isdecimal() else 0, is_item or self._styles.is_list(style)
        )

    def _beside(self, paragraph: Any) -> None:
        """Write what hangs on a paragraph: text boxes and the descriptions of pictures."""
        self._flow.block(BlockField.ALT_TEXT, descriptions_in(paragraph))
        for box in boxes_in(paragraph):
            self._flow.block(BlockField.BOX, lines_of(box))

    def _table(self, table: Any) -> None:
        rows = [row for row in _unwrapped(table) if local(row) == "tr"]
        cells = [[_cell(cell) for cell in _unwrapped(row) if local(cell) == "tc"] for row in rows]
        head = child(rows[0], "trPr", "tblHeader") if rows else None
        self._starts_page = False
        self._flow.table([[text.replace(BREAK, " ") for text in row] for row in cells], head is not None)
        self._note_links(table)
        for paragraph in (element for element in walk(table, frozenset()) if local(element) == "p"):
            if not any(local(each) == "txbxContent" for each in paragraph.iterancestors()):
                self._beside(paragraph)

    def _break(self) -> None:
        """End the page, once where several marks say so without words between them."""
        if not self._starts_page:
            self.write_links()
            self._flow.end_page()
        self._starts_page = True

    def _note_links(self, element: Any) -> None:
        for each in walk(element, frozenset({"del", "moveFrom"})):
            if local(each) == "hyperlink":
                kind, target = self._relations.get(attribute(each, "id"), ("", ""))
                if kind == "hyperlink" and ":" in target:
                    self._links[target] = None


def lines_of(story: Any) -> list[str]:
    """Return the paragraphs of a story, those in its tables too, as lines."""
    found = [
        text_of(element)
        for element in walk(story, frozenset({"Fallback", "del", "moveFrom"}))
        if local(element) == "p"
    ]
    return [text.replace(BREAK, " ") for text in found if text.strip()]


def _cell(cell: Any) -> str:
    return " ".join(lines_of(cell))


def _unwrapped(element: Any) -> Iterable[Any]:
    for each in element:
        if local(each) in _WRAPPERS:
            yield from _unwrapped(each)
        else:
            yield each


def _ends_section(properties: Any) -> bool:
    section = child(properties, "sectPr")
    return section is not None and value(section, "type") not in ("continuous", "nextColumn")
