"""Read a table that comes back: CSV as spreadsheets save it.

Commas, semicolons or tabs part the cells; it is UTF-8, with or without a byte order mark, UTF-16 (what Excel
calls Unicode text) or windows-1252. Whatever the bytes are, there is a table or an `InputError`.
"""

import csv
import io
from collections.abc import Iterator, Sequence

from archive.catalogue.bulk.table_columns import (
    SWEDISH_NAMES,
    GivenRow,
    GivenTable,
    LineRefusal,
    RefusedCell,
    TableColumn,
)
from archive.csv_text import plain
from archive.errors import InputError

FILE_MAX_BYTES = 5 * 1024 * 1024
ROWS_MAX = 20_000
_DELIMITERS = ";,\t"
_EXCEL_HINT = "sep="
_SHOWN_CHARS = 200
_Line = tuple[int, Sequence[str]]


def read_table(body: bytes) -> GivenTable:
    """Return the rows of a file, with the lines that they begin on; empty lines are left out.

    Raises:
        InputError: it is no table, names no documents, or is too large.
    """
    if len(body) > FILE_MAX_BYTES:
        raise InputError("The file is larger than 5 MB. Take fewer documents at a time.")
    text = _decoded(body)
    lines = _lines(text, _delimiter(text))
    header_line, header = next(lines, (1, ()))
    columns = [_column(name) for name in header]
    if TableColumn.ID not in columns:
        raise InputError("The first line names no column id. Begin with the file that the archive gave.")
    for column in TableColumn:
        if columns.count(column) > 1:
            raise InputError(f"The column {column.value} is there twice. Take one of them away.")
    rows: list[GivenRow] = []
    refused = [
        RefusedCell(header_line, "", name[:_SHOWN_CHARS], "", LineRefusal.UNKNOWN_COLUMN)
        for name, column in zip(header, columns, strict=True)
        if column is None and name.strip()
    ]
    for number, (line, cells) in enumerate(lines):
        if number >= ROWS_MAX:
            raise InputError("The file has more than 20,000 rows. Take fewer documents at a time.")
        if len(cells) < len(columns) or any(cells[len(columns) :]):
            refused.append(RefusedCell(line, "", "", "", LineRefusal.CELL_COUNT))
            continue
        named = zip(columns, cells, strict=False)
        rows.append(GivenRow(line, {column: plain(cell) for column, cell in named if column}))
    return GivenTable(rows, refused)


def _decoded(body: bytes) -> str:
    is_utf16 = body[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ("utf-16",) if is_utf16 else ("utf-8-sig", "cp1252"):
        try:
            text = body.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise InputError("The file is no text. Save it as CSV UTF-8 in the spreadsheet.")


def _delimiter(text: str) -> str:
    """Return what parts the cells: with which the first line names most columns."""

    def known(delimiter: str) -> int:
        _, header = next(_lines(text, delimiter), (1, ()))
        return sum(_column(name) is not None for name in header)

    return max(_DELIMITERS, key=known)


def _lines(text: str, delimiter: str) -> Iterator[_Line]:
    """Yield what is not empty, with the number of the line on which it begins. Raises InputError."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error:
            raise InputError(
                f"Line {line} cannot be read: a quotation mark is not closed, or a cell is too long."
            ) from None
        if cells is None:
            return
        is_hint = line == 1 and "".join(cells).startswith(_EXCEL_HINT)
        if any(cells) and not is_hint:
            yield line, cells


def _column(name: str) -> TableColumn | None:
    wanted = plain(name).strip().casefold()
    return next((one for one in TableColumn if wanted in (one.value, SWEDISH_NAMES[one])), None)
