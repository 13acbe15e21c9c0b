"""The blocks of a page in the order of reading."""

from dataclasses import dataclass, field
from typing import Any

from archive.ingest.extractors.webpage import tables
from archive.ingest.extractors.webpage.letter_sizes import size_level
from archive.ingest.extractors.webpage.letters import Letters
from archive.ingest.extractors.webpage.named_headings import named_level, titles_by_place
from archive.ingest.extractors.webpage.records import BLOCKS_MAX, OutlineBlock
from archive.ingest.extractors.webpage.seen import is_left_out, opened_by_click
from archive.model.seminar_pages.seminar_page import BlockKind

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = frozenset({"ul", "ol"})
_BLOCKS_TEXT = """
html body header footer main aside article section div p pre blockquote address center figure figcaption
hgroup form fieldset legend details li dl dt dd table caption thead tbody tfoot tr td th hr ul ol
"""
_BLOCKS = frozenset(_BLOCKS_TEXT.split())
_EMPHASES = frozenset({"b", "strong", "em", "i", "cite"})
_OPENER_LEVEL = 4
_PART_CHARS = 2_000
_DEPTH_MAX = 240  # libxml2 goes a little deeper without its option for huge trees
_TOO_DEEP = "Parts of the page that are nested too deep were left out."
_LONG_BLOCK = "A paragraph that is longer than is read was cut off."
_FILMS = ("youtube.", "youtube-nocookie.", "vimeo.", "youtu.be", "/play", "play.", "screen9", "quickchannel")


def _is_button(link: Any) -> bool:
    return link.get("download") is not None or "button" in (link.get("class") or "").lower()


@dataclass(slots=True)
class Outline:
    """The blocks, and sentences on what was left out of them."""

    blocks: list[OutlineBlock]
    remarks: list[str]


def outline_of(root: Any) -> Outline:
    """Return the outline of a parsed page."""
    walk = _Walk(opened_by_click(root), titles_by_place(root))
    body = root.find("body")
    walk.element(root if body is None else body, 0)
    walk.end_block()
    remarks = list(dict.fromkeys(walk.remarks))
    return Outline(walk.blocks, remarks)


@dataclass(slots=True)
class _Place:
    """Where in a table blocks belong; `table` 0 is outside of any."""

    table: int = 0
    row: int = 0
    column: int = 0


@dataclass(slots=True)
class _Walk:
    opened: frozenset[str]
    titles: frozenset[Any] = frozenset()
    blocks: list[OutlineBlock] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    letters: Letters = field(default_factory=Letters)
    heading: int = 0
    depth_of_list: int = 0
    is_item: bool = False
    place: _Place = field(default_factory=_Place)
    table_count: int = 0

    def element(self, element: Any, depth: int) -> None:
        """Walk through an element."""
        tag = element.tag
        if not isinstance(tag, str) or is_left_out(element, self.opened):
            return
        if depth > _DEPTH_MAX:
            self.remarks.append(_TOO_DEEP)
            return
        if len(self.blocks) > BLOCKS_MAX:
            return  # the reader says that it was cut
        if tag == "br":
            self._line_break()
        elif tag == "iframe":
            self._film(element)
        elif tag == "table":
            self._table(element, depth)
        elif tag == "dl" and not self.place.table:
            self._rows(tables.definitions(element), depth)
        elif level := self._heading_level(element, tag):
            self._heading(element, level, depth)
        else:
            self._contents(element, tag, depth)

    def end_block(self) -> None:
        """End the block that is being read, if it has letters."""
        if self.letters.is_cut:
            self.remarks.append(_LONG_BLOCK)
            self.letters.is_cut = False
        text, links, emphases = self.letters.taken()
        if not text:
            return
        kind, level = self._kind()
        place = self.place
        self.blocks.append(
            OutlineBlock(
                kind, text, level, place.table, place.row, place.column, tuple(links), tuple(emphases)
            )
        )
        self.is_item = False

    def _kind(self) -> tuple[BlockKind, int]:
        if self.place.table:
            return BlockKind.CELL, 0
        if self.heading:
            return BlockKind.HEADING, self.heading
        if self.is_item:
            return BlockKind.ITEM, self.depth_of_list
        return BlockKind.PARAGRAPH, self.depth_of_list

    def _heading_level(self, element: Any, tag: str) -> int:
        if tag in _HEADINGS:
            return _HEADINGS[tag]
        if element.get("role") == "heading":
            level = element.get("aria-level") or ""
            return int(level) if level in ("1", "2", "3", "4", "5", "6") else _OPENER_LEVEL
        if tag in ("p", "div", "center") and (level := size_level(element)):
            return level
        opens = tag == "summary" or (
            element.get("aria-controls") in self.opened and element.get("aria-expanded") is not None
        )
        if self.heading:
            return 0
        if opens or (element in self.titles and not self.place.table):
            return _OPENER_LEVEL
        return 0 if self.place.table else named_level(element)

    def _heading(self, element: Any, level: int, depth: int) -> None:
        self.end_block()
        outer, self.heading = self.heading, level
        if self.place.table:
            self.letters.opened(None)
            self._inside(element, depth)
            self.letters.closed()
        else:
            self._inside(element, depth)
        self.end_block()
        self.heading = outer

    def _contents(self, element: Any, tag: str, depth: int) -> None:
        is_block = tag in _BLOCKS
        if is_block:
            self.end_block()
        self.depth_of_list += tag in _LISTS
        if tag == "li":
            self.is_item = True
        opens = self._open(element, tag)
        if tag == "pre":
            self._lines(element)
        self._inside(element, depth)
        if opens:
            self.letters.closed()
        if is_block:
            self.end_block()
        self.depth_of_list -= tag in _LISTS

    def _open(self, element: Any, tag: str) -> bool:
        address = (element.get("href") or "").strip() if tag == "a" else ""
        if address and _is_button(element):
            self.letters.add(" ")  # "rapport.pdf" and "Ladda ner" stand apart
        if not address and tag not in _EMPHASES:
            return False
        self.letters.opened(address or None)
        if address and not element.text_content().strip():
            picture = next(element.iter("img"), None)
            self.letters.add((picture.get("alt") or "") if picture is not None else "")
        return True

    def _inside(self, element: Any, depth: int) -> None:
        self._add(element.text or "")
        for child in element:
            self.element(child, depth + 1)
            self._add(child.tail or "")

    def _add(self, text: str) -> None:
        """Add text; what does not fit in one block begins another."""
        for start in range(0, len(text), _PART_CHARS):
            if self.letters.is_full:
                self.end_block()
            self.letters.add(text[start : start + _PART_CHARS])

    def _lines(self, element: Any) -> None:
        """Make the lines of preformatted text end where they do."""
        for each in element.iter():
            if each.text and "\n" in each.text and isinstance(each.tag, str):
                first, *others = each.text.split("\n")
                each.text = first
                for line in reversed(others):
                    end = each.makeelement("br")
                    end.tail = line
                    each.insert(0, end)

    def _line_break(self) -> None:
        if (self.letters.line_break() or self.letters.is_full) and not self.heading:
            self.end_block()

    def _film(self, element: Any) -> None:
        address = element.get("src") or element.get("data-src") or ""
        if any(name in address.lower() for name in _FILMS):
            self.end_block()
            self.letters.opened(address)
            self.letters.add(element.get("title") or "Film")
            self.letters.closed()
            self.end_block()

    def _table(self, element: Any, depth: int) -> None:
        if self.place.table or tables.is_layout(element):
            self._contents(element, "table", depth)
            return
        for caption in element.iterchildren("caption"):
            self.element(caption, depth + 1)
        self._rows(tables.rows_of(element), depth)

    def _rows(self, rows: list[list[tables.Cell]], depth: int) -> None:
        """Walk through rows of cells; a cell that spans several is repeated in each of them."""
        self.end_block()
        self.table_count += 1
        kept: dict[int, list[OutlineBlock]] = {}
        is_item, self.is_item = self.is_item, False
        for row, cells in enumerate(rows, 1):
            for cell in cells if len(self.blocks) <= BLOCKS_MAX else ():
                self.place = _Place(self.table_count, row, cell.column)
                first = len(self.blocks)
                if cell.is_repeated:
                    self.blocks += [tables.moved(block, row) for block in kept.get(id(cell.element), [])]
                    continue
                self._inside(cell.element, depth + 2)
                self.end_block()
                if cell.spans_rows:
                    kept[id(cell.element)] = self.blocks[first:]
        self.place, self.is_item = _Place(), is_item
