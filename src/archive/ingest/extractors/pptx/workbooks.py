"""The words in the cells of an embedded workbook (SpreadsheetML, ECMA-376 part 1, 18)."""

import re
from collections.abc import Iterator

from archive.ingest.extractors.ooxml.markup import Element, R, whole_number
from archive.ingest.extractors.ooxml.relations import relations_of
from archive.ingest.extractors.pptx.figures import plain_figure
from archive.ingest.extractors.pptx.package import DeckPackage
from archive.model.pages import Block, BlockField, Paragraph

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_MAIN = "xl/workbook.xml"
SHEETS_MAX = 50
CELLS_MAX = 20_000
"""Cells that are read of one sheet."""
# What programs call sheets that no one has named.
_UNNAMED = re.compile(r"(?:sheet|blad|tabelle|feuil|ark|hoja|foglio|munka)\s?\d+", re.IGNORECASE)


def workbook_blocks(package: DeckPackage) -> list[Block]:
    """Return a block for each sheet with words or figures: its name if it has one, then its rows."""
    root = package.tree(_MAIN)
    relations = relations_of(package, _MAIN)
    strings = list(_strings(package.tree(relations.first("sharedStrings") or "xl/sharedStrings.xml")))
    blocks: list[Block] = []
    for sheet in ([] if root is None else list(root.iter(_S + "sheet")))[:SHEETS_MAX]:
        name = sheet.get("name", "").strip()
        tree = package.tree(relations.target(sheet.get(R + "id")))
        rows = () if tree is None else tuple(_rows(tree, strings))
        titles = () if not name or _UNNAMED.fullmatch(name) else (Paragraph(name),)
        if rows:
            blocks.append(Block(BlockField.EMBEDDED, paragraphs=titles, rows=rows))
    return blocks


def _strings(root: Element | None) -> Iterator[str]:
    for item in () if root is None else root.iterfind(_S + "si"):
        yield _text(item)


def _text(item: Element) -> str:
    """Return a string's words without the readings of Asian signs that may follow them."""
    pieces = [
        item.findtext(_S + "t") or "",
        *(run.findtext(_S + "t") or "" for run in item.iterfind(_S + "r")),
    ]
    return "".join(pieces).strip()


def _rows(sheet: Element, strings: list[str]) -> Iterator[tuple[str, ...]]:
    left = CELLS_MAX
    for row in sheet.iterfind(f"{_S}sheetData/{_S}row"):
        cells = tuple(_cell(cell, strings) for cell in row.iterfind(_S + "c"))[:left]
        left -= len(cells)
        if any(cells):
            yield cells
        if left <= 0:
            return


def _cell(cell: Element, strings: list[str]) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        inline = cell.find(_S + "is")
        return "" if inline is None else _text(inline)
    value = (cell.findtext(_S + "v") or "").strip()
    if kind == "s":
        at = whole_number(value, -1)
        return strings[at] if 0 <= at < len(strings) else ""
    return plain_figure(value) if kind == "n" else value
