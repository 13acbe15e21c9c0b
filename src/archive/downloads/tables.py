"""Hits as typed tables: a workbook (XLSX), with a sheet that says where they come from, and Parquet.

A workbook is complete only when its last row is known, so it is made in a temporary file, a row at a time,
and then sent. Every cell is text or a number, never a formula, whatever it begins with. Parquet is written by
Apache Arrow, an extra (`archive[export]`) that is imported here alone, while a file is made; what is the same
in all rows takes no room.
"""

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from archive.downloads.columns import COLUMNS, Column, ColumnKind, Row, Value, cell
from archive.downloads.provenance import Provenance
from archive.downloads.sink import Sink

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet


_ROWS_MAX = 1_048_576
"""A sheet has no more rows; further hits are on further sheets."""
_CELL_MAX_CHARS = 32_767
_PIECE_BYTES = 256 * 1024
_SHOWN = [column for column in COLUMNS if not column.is_constant]
_WIDE = frozenset({"address", "page_title", "title", "event", "snippet", "text"})
_WIDTH, _NARROW_WIDTH = 40, 14
# The library would else make formulas, links and numbers of texts that look like them.
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}

_GROUP_ROWS = 5_000


def workbook(
    portions: Iterable[Sequence[Row]], provenance: Provenance, temporary: Path, rows_max: int = _ROWS_MAX
) -> Iterator[bytes]:
    """Yield a workbook, with empty pieces while it is made.

    Args:
        portions: the rows.
        provenance: where they come from.
        temporary: a folder for work in progress.
        rows_max: of a sheet, its head included.
    """
    from xlsxwriter import Workbook  # a library of its own for the few who take a workbook along

    with TemporaryDirectory(prefix="hits-", dir=_writable(temporary)) as folder:
        path = Path(folder) / "hits.xlsx"
        with Workbook(str(path), {**_OPTIONS, "tmpdir": folder}) as book:
            sheets = _Sheets(book, rows_max)
            for portion in portions:
                for row in portion:
                    sheets.add(row)
                yield b""
            _tell(book, provenance)
        with path.open("rb") as file:
            while piece := file.read(_PIECE_BYTES):
                yield piece


def _writable(temporary: Path) -> Path | None:
    """Return a folder, or None (the system's own) where it cannot be written to."""
    return temporary if os.access(temporary, os.W_OK) else None


class _Sheets:
    """Writes hits into a sheet, and goes on in another one where it is full."""

    def __init__(self, book: "Workbook", rows_max: int) -> None:
        self._book = book
        self._rows_max = rows_max
        self._bold = book.add_format({"bold": True})
        self._count = 0
        self._sheet = self._begin()

    def add(self, row: Row) -> None:
        if self._next == self._rows_max:
            self._sheet = self._begin()
        for place, column in enumerate(_SHOWN):
            _put(self._sheet, self._next, place, row[column.name])
        self._next += 1

    def _begin(self) -> "Worksheet":
        self._count += 1
        sheet = self._book.add_worksheet("hits" if self._count == 1 else f"hits {self._count}")
        for place, column in enumerate(_SHOWN):
            sheet.set_column(place, place, _WIDTH if column.name in _WIDE else _NARROW_WIDTH)
        for place, column in enumerate(_SHOWN):
            sheet.write_string(0, place, column.name, self._bold)
        sheet.freeze_panes(1, 0)
        self._next = 1
        return sheet


def _put(sheet: "Worksheet", row: int, place: int, value: Value) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(row, place, value)
    elif isinstance(value, int):
        sheet.write_number(row, place, value)
    elif text := cell(value):
        whole = text.encode(errors="replace").decode()
        sheet.write_string(row, place, whole[:_CELL_MAX_CHARS])


def _tell(book: "Workbook", provenance: Provenance) -> None:
    sheet = book.add_worksheet("about")
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 100)
    for row, (name, value) in enumerate(provenance.values().items()):
        sheet.write_string(row, 0, name)
        _put(sheet, row, 1, value)


def parquet(portions: Iterable[Sequence[Row]], provenance: Provenance) -> Iterator[bytes]:
    """Yield a Parquet file; its metadata say where it comes from, too, as pandas reads it (`df.attrs`)."""
    import pyarrow
    from pyarrow import parquet as files

    about = json.dumps(dict(provenance.values()), ensure_ascii=False)
    fields = [pyarrow.field(column.name, _type(pyarrow, column)) for column in COLUMNS]
    schema = pyarrow.schema(fields, metadata={"archive": about, "PANDAS_ATTRS": about})
    sink = Sink()
    with files.ParquetWriter(pyarrow.PythonFile(sink, mode="w"), schema, compression="zstd") as writer:
        rows: list[Row] = []
        for portion in portions:
            rows += portion
            if len(rows) >= _GROUP_ROWS:
                writer.write_table(_table(pyarrow, rows, schema))
                rows = []
            yield sink.taken()
        if rows:
            writer.write_table(_table(pyarrow, rows, schema))
    yield sink.taken()


def _table(pyarrow: Any, rows: Sequence[Row], schema: Any) -> Any:
    columns = {column.name: [_whole(row[column.name]) for row in rows] for column in COLUMNS}
    return pyarrow.table(columns, schema=schema)


def _whole(value: object) -> object:
    """Return a value without half characters, which Arrow does not take."""
    return value.encode(errors="replace").decode() if isinstance(value, str) else value


def _type(pyarrow: Any, column: Column) -> Any:
    types = {
        ColumnKind.TEXT: pyarrow.string(),
        ColumnKind.NUMBER: pyarrow.int32(),
        ColumnKind.FLAG: pyarrow.bool_(),
        ColumnKind.LIST: pyarrow.list_(pyarrow.string()),
    }
    return types[column.kind]
