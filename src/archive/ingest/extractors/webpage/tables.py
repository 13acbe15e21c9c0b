"""Tables as rows of cells: which only arrange a page, and where cells that span rows and columns stand."""

from dataclasses import dataclass, replace
from typing import Any

from archive.ingest.extractors.webpage.records import OutlineBlock

_SPAN_MAX = 200
_ROWS_MAX = 5_000
_LAYOUT_CELL_CHARS = 3_000
_LONG_CELL_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a row. `is_repeated`: it began in a row above."""

    element: Any
    column: int
    spans_rows: bool = False
    is_repeated: bool = False


def is_layout(table: Any) -> bool:
    """Return whether a table only arranges parts of the page: it holds tables, one row, or one long cell."""
    if next(table.iterdescendants("table"), None) is not None or table.get("role") == "presentation":
        return True
    rows = _rows(table)
    if len(rows) < 2 or max(len(_cells(row)) for row in rows) < 2:
        return True
    lengths = [len(cell.text_content()) for row in rows for cell in _cells(row)]
    longest = max(lengths, default=0)
    return longest > _LAYOUT_CELL_CHARS and longest > _LONG_CELL_SHARE * sum(lengths)


def rows_of(table: Any) -> list[list[Cell]]:
    """Return the rows of a table; each cell knows its column."""
    rows: list[list[Cell]] = []
    spanning: dict[int, tuple[Any, int]] = {}
    for row in _rows(table)[:_ROWS_MAX]:
        cells: list[Cell] = []
        column = 1
        for element in _cells(row):
            column = _repeated(cells, spanning, column)
            height = _span(element, "rowspan")
            cells.append(Cell(element, column, height > 1))
            if height > 1:
                spanning[column] = (element, height - 1)
            column += _span(element, "colspan")
        _repeated(cells, spanning, column, to_end=True)
        rows.append(cells)
    return rows


def definitions(listing: Any) -> list[list[Cell]]:
    """Return a definition list as rows of two columns: the term, what it means."""
    rows: list[list[Cell]] = []
    for element in listing.iter("dt", "dd"):
        if next(element.iterancestors("dl")) is not listing:
            continue
        if element.tag == "dt" or not rows:
            rows.append([])
        rows[-1].append(Cell(element, 1 if element.tag == "dt" else 2))
    return rows[:_ROWS_MAX]


def moved(block: OutlineBlock, row: int) -> OutlineBlock:
    """Return a block as it stands in another row."""
    return replace(block, row=row)


def _repeated(
    cells: list[Cell], spanning: dict[int, tuple[Any, int]], column: int, to_end: bool = False
) -> int:
    """Add the cells from rows above that stand at `column` and behind; return the next free column."""
    waiting = sorted(at for at in spanning if at >= column) if to_end else None
    while (waiting and (column := waiting.pop(0))) or (waiting is None and column in spanning):
        element, left = spanning.pop(column)
        cells.append(Cell(element, column, is_repeated=True))
        if left > 1:
            spanning[column] = (element, left - 1)
        if waiting is None:
            column += _span(element, "colspan")
    return column


def _rows(table: Any) -> list[Any]:
    return [row for row in table.iter("tr") if next(row.iterancestors("table"), None) is table]


def _cells(row: Any) -> list[Any]:
    return list(row.iterchildren("td", "th"))


def _span(element: Any, name: str) -> int:
    digits = (element.get(name) or "").strip()
    return (
        min(max(int(digits), 1), _SPAN_MAX)
        if digits.isascii() and digits.isdigit() and len(digits) < 6
        else 1
    )
