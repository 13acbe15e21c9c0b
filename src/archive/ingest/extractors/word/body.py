"""Write down the text of a Word document in its order: headings, paragraphs, lists, tables, boxes, pages."""

import re
from collections.abc import Iterable

from archive.ingest.extractors.flowing.flow import Flow
from archive.ingest.extractors.ooxml.markup import Element, attribute, child, local_name, value_of, walk
from archive.ingest.extractors.ooxml.package import Package
from archive.ingest.extractors.ooxml.relations import Relations
from archive.ingest.extractors.ooxml.word_text import (
    BREAK,
    MOVED_OR_DELETED,
    boxes_in,
    descriptions_in,
    lines_of,
    text_of,
)
from archive.ingest.extractors.word.chunks import chunk_lines
from archive.model.pages import BlockField

_HEADING = re.compile(r"(?:heading|rubrik|title|titel)\s*\d?", re.IGNORECASE)
_LIST = re.compile(r"list(?:\s|a).*", re.IGNORECASE)
_BODY_LEVEL = "9"  # outline level of plain text (ECMA-376 part 1, 17.3.1.20)
_CHAIN_MAX = 20
_WRAPPERS = frozenset(
    {"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "AlternateContent", "Choice"}
)
_DEPTH_MAX = 60


class Styles:
    """The styles of one document; `root` is None where it has none."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Element] = {}
        for element in root if root is not None else ():
            if local_name(element) == "style" and attribute(element, "type") == "paragraph":
                self._styles[attribute(element, "styleId")] = element

    def is_heading(self, style: str) -> bool:
        """Return whether paragraphs of the style are headings, by its name, level or what it is based on."""
        for element in self._chain(style):
            level = value_of(element, "pPr", "outlineLvl")
            if level:
                return level != _BODY_LEVEL
            if _HEADING.fullmatch(value_of(element, "name")):
                return True
        return not self._styles and bool(_HEADING.fullmatch(style))

    def is_list(self, style: str) -> bool:
        """Return whether paragraphs of the style are items of a list."""
        return any(
            child(element, "pPr", "numPr") is not None and _LIST.fullmatch(value_of(element, "name"))
            for element in self._chain(style)
        )

    def _chain(self, style: str) -> list[Element]:
        chain: list[Element] = []
        while style in self._styles and len(chain) < _CHAIN_MAX:
            chain.append(self._styles[style])
            style = value_of(self._styles[style], "basedOn")
        return chain


class Body:
    """Writes the text into a flow. `is_whole` is False once something was nested too deep to be read."""

    def __init__(self, flow: Flow, styles: Styles, package: Package, relations: Relations) -> None:
        self._flow = flow
        self._package = package
        self._styles = styles
        self._relations = relations
        self._links: dict[str, None] = {}
        self._starts_page = False
        self.is_whole = True

    def write(self, story: Element, depth: int = 0) -> None:
        """Write what is in `story`, in its order."""
        for element in story:
            name = local_name(element)
            if name == "p":
                self._paragraph(element)
            elif name == "tbl":
                self._table(element)
            elif name == "altChunk":
                self._chunk(attribute(element, "id"))
            elif name in _WRAPPERS:
                self._inside(element, depth + 1)

    def _inside(self, wrapper: Element, depth: int) -> None:
        if depth > _DEPTH_MAX:
            self.is_whole = False
            return
        self.write(wrapper, depth)

    def _chunk(self, relation_id: str) -> None:
        """Write the words of a file that the document takes in as it is."""
        data = self._package.read(self._relations.target(relation_id))
        lines = None if data is None else chunk_lines(data, self._package.bounds)
        self.is_whole = self.is_whole and lines is not None
        self._flow.block(BlockField.EMBEDDED, lines or [])

    def write_links(self) -> None:
        """Write where the links of the page lead."""
        self._flow.block(BlockField.LINK, list(self._links))
        self._links = {}

    def _paragraph(self, paragraph: Element) -> None:
        properties = child(paragraph, "pPr")
        if properties is not None and child(properties, "pageBreakBefore") is not None:
            self._break()
        self._note_links(paragraph)
        for number, text in enumerate(text_of(paragraph).split(BREAK)):
            if number:
                self._break()
            self._line(text, properties)
        self._anchored(paragraph)
        if properties is not None and _ends_section(properties):
            self._break()

    def _line(self, text: str, properties: Element) -> None:
        if not text.strip():
            return
        self._starts_page = False
        style = "" if properties is None else value_of(properties, "pStyle")
        if self._styles.is_heading(style) and len(text) < 300:
            self._flow.heading(text)
            return
        numbering = None if properties is None else child(properties, "numPr")
        level = value_of(numbering, "ilvl") if numbering is not None else ""
        is_item = numbering is not None and value_of(numbering, "numId") != "0"
        self._flow.paragraph(
            text, int(level) if level.isdecimal() else 0, is_item or self._styles.is_list(style)
        )

    def _anchored(self, paragraph: Element) -> None:
        """Write what is anchored in a paragraph: text boxes and the descriptions of pictures."""
        self._flow.block(BlockField.ALT_TEXT, descriptions_in(paragraph))
        for box in boxes_in(paragraph):
            self._flow.block(BlockField.BOX, lines_of(box))

    def _table(self, table: Element) -> None:
        rows = [row for row in _unwrapped(table) if local_name(row) == "tr"]
        cells = [[_cell(cell) for cell in _unwrapped(row) if local_name(cell) == "tc"] for row in rows]
        head = child(rows[0], "trPr", "tblHeader") if rows else None
        self._starts_page = False
        self._flow.table([[text.replace(BREAK, " ") for text in row] for row in cells], head is not None)
        self._note_links(table)
        for paragraph in (element for element in walk(table) if local_name(element) == "p"):
            if not any(local_name(each) == "txbxContent" for each in paragraph.iterancestors()):
                self._anchored(paragraph)

    def _break(self) -> None:
        """End the page, once where several marks say so without words between them."""
        if not self._starts_page:
            self.write_links()
            self._flow.end_page()
        self._starts_page = True

    def _note_links(self, element: Element) -> None:
        for each in walk(element, MOVED_OR_DELETED):
            if local_name(each) == "hyperlink":
                relation = self._relations.by_id.get(attribute(each, "id"))
                if relation is not None and relation.kind == "hyperlink" and ":" in relation.target:
                    self._links[relation.target] = None


def _cell(cell: Element) -> str:
    return " ".join(lines_of(cell))


def _unwrapped(element: Element) -> Iterable[Element]:
    for each in element:
        if local_name(each) in _WRAPPERS:
            yield from _unwrapped(each)
        else:
            yield each


def _ends_section(properties: Element) -> bool:
    section = child(properties, "sectPr")
    return section is not None and value_of(section, "type") not in ("continuous", "nextColumn")
