"""The formats that hits are taken along in."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from archive.downloads.columns import Row
from archive.downloads.csv_file import excel_csv, plain_csv
from archive.downloads.json_lines import json_lines
from archive.downloads.parquet import parquet
from archive.downloads.provenance import Provenance
from archive.downloads.workbook import workbook


@dataclass(frozen=True, slots=True)
class Download:
    """What files are made of.

    Attributes:
        portions: begins to read the rows of all hits.
        provenance: where they come from.
        temporary: a folder for work in progress.
    """

    portions: Callable[[], Iterator[Sequence[Row]]]
    provenance: Provenance
    temporary: Path


@dataclass(frozen=True, slots=True)
class Format:
    """A format. `write` makes its bytes; `needs` is a module that may not be installed, "" for none."""

    suffix: str
    media_type: str
    write: Callable[[Download], Iterator[bytes]]
    needs: str = ""


FORMATS: Final[Mapping[str, Format]] = MappingProxyType(
    {
        "csv": Format(".csv", "text/csv", lambda download: plain_csv(download.portions())),
        "csv-excel": Format(".csv", "text/csv", lambda download: excel_csv(download.portions())),
        "xlsx": Format(
            ".xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            lambda download: workbook(download.portions(), download.provenance, download.temporary),
        ),
        "jsonl": Format(".jsonl", "application/jsonl", lambda download: json_lines(download.portions())),
        "parquet": Format(
            ".parquet",
            "application/vnd.apache.parquet",
            lambda download: parquet(download.portions(), download.provenance),
            needs="pyarrow",
        ),
    }
)
