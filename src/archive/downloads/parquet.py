"""Hits as Parquet, by Apache Arrow: typed columns, compressed; what is the same in all rows takes no room.

Arrow is an extra, `archive[export]`, and imported only here, while a file is made.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from archive.downloads.columns import COLUMNS, Column, Kind, Row
from archive.downloads.provenance import Provenance
from archive.downloads.sink import Sink

_GROUP_ROWS = 5_000


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
        Kind.TEXT: pyarrow.string(),
        Kind.NUMBER: pyarrow.int32(),
        Kind.FLAG: pyarrow.bool_(),
        Kind.LIST: pyarrow.list_(pyarrow.string()),
    }
    return types[column.kind]
