"""Tables as CSV that a spreadsheet opens without running what is in them."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

BOM = "\ufeff"
"""Excel takes a file for UTF-8 only when it begins with this."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
_GUARD = "'"


def csv_text(head: Sequence[str], rows: Iterable[Sequence[str]], delimiter: str = ",") -> str:
    """Return a table as CSV (RFC 4180, UTF-8 with a byte order mark), formulas made harmless.

    A value that a spreadsheet would compute gets an apostrophe before it, as spreadsheets themselves mark
    text (OWASP, "CSV Injection"). `plain` takes it off again. Where numbers have a decimal comma, as in
    Swedish, spreadsheets part cells at a semicolon.
    """
    return "".join(csv_lines(head, rows, delimiter))


def csv_lines(head: Sequence[str], rows: Iterable[Sequence[str]], delimiter: str = ",") -> Iterator[str]:
    """Yield what `csv_text` returns row by row, for tables that are too long to be held."""
    out = io.StringIO()
    out.write(BOM)
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    for row in chain([head], rows):
        writer.writerow([harmless(value) for value in row])
        yield out.getvalue()
        out.seek(0)
        out.truncate()


def harmless(value: str) -> str:
    """Return a value that no spreadsheet computes."""
    return _GUARD + value if value.startswith((*_FORMULA_STARTS, _GUARD)) else value


def plain(value: str) -> str:
    """Return a value as it was before `harmless`."""
    return value[1:] if value.startswith(_GUARD) else value
