"""Hits as CSV (RFC 4180): lists in one cell, formulas made harmless, its source in the last columns."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from archive.csv_text import BOM, csv_lines
from archive.downloads.columns import NAMES, Row, cell

_ERRORS = "replace"  # half of a pair of surrogates, which a damaged file may have, is in no encoding


def plain_csv(portions: Iterable[Sequence[Row]]) -> Iterator[bytes]:
    """Yield a table parted by commas, in UTF-8 without a byte order mark: as programs read it."""
    return _csv(portions, ",", has_bom=False)


def excel_csv(portions: Iterable[Sequence[Row]]) -> Iterator[bytes]:
    """Yield a table as Excel opens it where numbers have a decimal comma: semicolons, a byte order mark."""
    return _csv(portions, ";", has_bom=True)


def _csv(portions: Iterable[Sequence[Row]], delimiter: str, has_bom: bool) -> Iterator[bytes]:
    head = next(csv_lines(NAMES, (), delimiter))
    yield (head if has_bom else head.removeprefix(BOM)).encode()
    for portion in portions:
        lines = csv_lines(NAMES, ([cell(row[name]) for name in NAMES] for row in portion), delimiter)
        next(lines)  # the head once more
        yield "".join(chain(lines)).encode(errors=_ERRORS)
