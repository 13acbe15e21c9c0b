"""The formats that hits are taken along in; those that are plain text are written here."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from types import MappingProxyType
from typing import Final

from archive.citations import formats as cited
from archive.citations.item import CitedItem
from archive.csv_text import BOM, csv_lines
from archive.downloads.columns import NAMES, Row, cell
from archive.downloads.originals import originals
from archive.downloads.reading import DownloadInput
from archive.downloads.tables import parquet, workbook

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_ERRORS = "replace"  # half of a pair of surrogates, which a damaged file may have, is in no encoding

_ENCODED = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

_PIECE_CHARS = 64 * 1024


def json_lines(portions: Iterable[Sequence[Row]]) -> Iterator[bytes]:
    """Yield a line for each page, in UTF-8."""
    for portion in portions:
        yield "".join(f"{_ENCODED(row)}\n" for row in portion).encode(errors="replace")


def plain_csv(portions: Iterable[Sequence[Row]]) -> Iterator[bytes]:
    """Yield a table parted by commas, in UTF-8 without a byte order mark: as programs read it."""
    return _csv(portions, ",", has_bom=False)


def excel_csv(portions: Iterable[Sequence[Row]]) -> Iterator[bytes]:
    """Yield a table as Excel opens it where numbers have a decimal comma: semicolons, a byte order mark."""
    return _csv(portions, ";", has_bom=True)


@dataclass(frozen=True, slots=True)
class Format:
    """A format. `write` makes its bytes; `needs` is a module that may not be installed, "" for none.

    `has_all_hits`: whether there is something in it for each hit.
    """

    suffix: str
    media_type: str
    write: Callable[[DownloadInput], Iterator[bytes]]
    needs: str = ""
    has_all_hits: bool = True


def _cited(one: cited.CitationFormat, reading: DownloadInput) -> Iterator[bytes]:
    return references(one.pieces, reading.cited())


_TABLES = {
    "csv": Format(".csv", "text/csv", lambda reading: plain_csv(reading.rows())),
    "csv-excel": Format(".csv", "text/csv", lambda reading: excel_csv(reading.rows())),
    "xlsx": Format(
        ".xlsx", _XLSX, lambda reading: workbook(reading.rows(), reading.provenance, reading.temporary)
    ),
    "jsonl": Format(".jsonl", "application/jsonl", lambda reading: json_lines(reading.rows())),
    "parquet": Format(
        ".parquet",
        "application/vnd.apache.parquet",
        lambda reading: parquet(reading.rows(), reading.provenance),
        needs="pyarrow",
    ),
}
_REFERENCES = {
    name: Format(one.suffix, one.media_type, partial(_cited, one)) for name, one in cited.FORMATS.items()
}
_FILES = {"originals": Format(".zip", "application/zip", originals, has_all_hits=False)}

FORMATS: Final[Mapping[str, Format]] = MappingProxyType(_TABLES | _REFERENCES | _FILES)
"""All formats by name, in the order in which they are offered."""


def _csv(portions: Iterable[Sequence[Row]], delimiter: str, has_bom: bool) -> Iterator[bytes]:
    head = next(csv_lines(NAMES, (), delimiter))
    yield (head if has_bom else head.removeprefix(BOM)).encode()
    for portion in portions:
        lines = csv_lines(NAMES, ([cell(row[name]) for name in NAMES] for row in portion), delimiter)
        next(lines)  # the head once more
        yield "".join(chain(lines)).encode(errors=_ERRORS)


def references(
    write: Callable[[Iterable[CitedItem]], Iterator[str]], items: Iterator[CitedItem]
) -> Iterator[bytes]:
    """Yield a file of references in pieces that are worth sending; `write` gives it in small ones."""
    parts: list[str] = []
    size = 0
    for part in write(items):
        parts.append(part)
        size += len(part)
        if size >= _PIECE_CHARS:
            yield "".join(parts).encode(errors="replace")
            parts, size = [], 0
    yield "".join(parts).encode(errors="replace")
