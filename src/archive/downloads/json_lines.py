"""Hits as JSON Lines: an object for each page, lists as lists, where it comes from in each of them."""

import json
from collections.abc import Iterable, Iterator, Sequence

from archive.downloads.columns import Row

_ENCODED = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def json_lines(portions: Iterable[Sequence[Row]]) -> Iterator[bytes]:
    """Yield a line for each page, in UTF-8."""
    for portion in portions:
        yield "".join(f"{_ENCODED(row)}\n" for row in portion).encode(errors="replace")
