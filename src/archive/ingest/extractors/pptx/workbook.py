"""The words of a workbook that is embedded in a slide (SpreadsheetML, ECMA-376 part 1, 18).

Sheets, rows and columns that its author has hidden become notes, as hidden slides do: they are for staff.
"""

import re
from collections.abc import Iterator

from archive.ingest.extractors import left_out
from archive.ingest.extractors.ooxml.markup import Element, R, is_true, whole_number
from archive.ingest.extractors.ooxml.relations import relations_of
from archive.ingest.extractors.pptx.figures import plain_figure
from archive.ingest.extractors.pptx.package import DeckPackage
from archive.model.pages import Block, BlockField, Paragraph

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
WORKBOOK_PART = "xl/workbook.xml"
SHEETS_MAX = 50
CELLS_MAX = 20_000
"""Cells that are read of one sheet."""
_TOO_MANY_SHEETS = f"Only the first {SHEETS_MAX} sheets of an embedded workbook were read."
_TOO_MANY_CELLS = f"Only the first {CELLS_MAX:,} cells of an embedded sheet were read."
# What programs call sheets that no one has named.
_UNNAMED_SHEET = re.compile(r"(?:sheet|blad|tabelle|feuil|ark|hoja|foglio|munka)\s?\d+", re.IGNORECASE)
_HIDDEN_STATES = frozenset({"hidden", "veryHidden"})
_COLUMN = re.compile(r"[A-Z]{1,3}")

_Rows = tuple[tuple[str, ...], ...]


def workbook_blocks(package: DeckPackage) -> list[Block]:
    """Return a block for each sheet with words or figures: its name if it has one, then its rows.

    What is hidden of it comes in a block of its own, for staff.
    """
    root = package.tree(WORKBOOK_PART)
    relations = relations_of(package, WORKBOOK_PART)
    strings = list(_shared_strings(package.tree(relations.first("sharedStrings") or "xl/sharedStrings.xml")))
    blocks: list[Block] = []
    sheets = () if root is None else root.iter(_S + "sheet")
    for sheet in left_out.up_to(sheets, SHEETS_MAX, _TOO_MANY_SHEETS):
        name = sheet.get("name", "").strip()
        tree = package.tree(relations.target(sheet.get(R + "id")))
        shown, hidden = ((), ()) if tree is None else _sheet_rows(tree, strings)
        titles = () if not name or _UNNAMED_SHEET.fullmatch(name) else (Paragraph(name),)
        if sheet.get("state") in _HIDDEN_STATES:
            blocks += _block(BlockField.NOTES, titles, (*shown, *hidden))
        else:
            blocks += _block(BlockField.EMBEDDED, titles, shown) + _block(BlockField.NOTES, (), hidden)
    return blocks


def _block(field: BlockField, titles: tuple[Paragraph, ...], rows: _Rows) -> list[Block]:
    return [Block(field, paragraphs=titles, rows=rows)] if rows else []


def _sheet_rows(sheet: Element, strings: list[str]) -> tuple[_Rows, _Rows]:
    """Return the rows that are shown, and what rows and columns hide."""
    columns = _hidden_columns(sheet)
    left = CELLS_MAX
    shown: list[tuple[str, ...]] = []
    hidden: list[tuple[str, ...]] = []
    for row in sheet.iterfind(f"{_S}sheetData/{_S}row"):
        cells = list(left_out.up_to(row.iterfind(_S + "c"), left, _TOO_MANY_CELLS))
        left -= len(cells)
        if not cells and len(row):
            break
        texts = [(_cell_text(cell, strings), _is_in(cell, columns)) for cell in cells]
        is_hidden = is_true(row.get("hidden"))
        shown.append(tuple(text for text, is_out in texts if not (is_out or is_hidden)))
        hidden.append(tuple(text for text, is_out in texts if is_out or is_hidden))
    return tuple(filter(any, shown)), tuple(filter(any, hidden))


def _hidden_columns(sheet: Element) -> list[tuple[int, int]]:
    """Return the first and the last of each run of hidden columns, counted from 1 (18.3.1.13)."""
    return [
        (whole_number(columns.get("min", ""), 0), whole_number(columns.get("max", ""), 0))
        for columns in sheet.iterfind(f"{_S}cols/{_S}col")
        if is_true(columns.get("hidden"))
    ]


def _is_in(cell: Element, columns: list[tuple[int, int]]) -> bool:
    letters = _COLUMN.match(cell.get("r", "")) if columns else None
    if letters is None:
        return False
    number = 0
    for letter in letters[0]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return any(first <= number <= last for first, last in columns)


def _shared_strings(root: Element | None) -> Iterator[str]:
    for item in () if root is None else root.iterfind(_S + "si"):
        yield _string_text(item)


def _string_text(item: Element) -> str:
    """Return a string's words without the readings of Asian signs that may follow them."""
    pieces = [
        item.findtext(_S + "t") or "",
        *(run.findtext(_S + "t") or "" for run in item.iterfind(_S + "r")),
    ]
    return "".join(pieces).strip()


def _cell_text(cell: Element, strings: list[str]) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        inline = cell.find(_S + "is")
        return "" if inline is None else _string_text(inline)
    value = (cell.findtext(_S + "v") or "").strip()
    if kind == "s":
        at = whole_number(value, -1)
        return strings[at] if 0 <= at < len(strings) else ""
    return plain_figure(value) if kind == "n" else value
