"""The formats that hits are taken along in."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Final

from archive.citations import formats as cited
from archive.downloads.csv_file import excel_csv, plain_csv
from archive.downloads.json_lines import json_lines
from archive.downloads.originals import originals
from archive.downloads.parquet import parquet
from archive.downloads.reading import Reading
from archive.downloads.references import references
from archive.downloads.workbook import workbook

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Format:
    """A format. `write` makes its bytes; `needs` is a module that may not be installed, "" for none.

    `has_all_hits`: whether there is something in it for each hit.
    """

    suffix: str
    media_type: str
    write: Callable[[Reading], Iterator[bytes]]
    needs: str = ""
    has_all_hits: bool = True


def _cited(one: cited.Format, reading: Reading) -> Iterator[bytes]:
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
