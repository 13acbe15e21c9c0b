"""CSL-JSON: what Zotero, Pandoc and every program with a citation processor read.

The schema is https://github.com/citation-style-language/schema (1.0.2).
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from archive.citations.formats.one_line import one_line
from archive.citations.item import CitedItem, CitedName


def pieces(items: Iterable[CitedItem]) -> Iterator[str]:
    """Yield a list of items in CSL-JSON."""
    yield "["
    before = "\n"
    for item in items:
        yield before + json.dumps(csl_item(item), ensure_ascii=False, indent=1)
        before = ",\n"
    yield "\n]\n"


def csl_item(item: CitedItem) -> dict[str, Any]:
    """Return an item as CSL-JSON has it."""
    values: dict[str, Any] = {
        "id": item.key,
        "type": "report" if item.is_report else "speech",
        "title": one_line(item.full_title),
        "author": [_name(name) for name in item.names],
        "issued": csl_date(item.issued, item.issued_end),
        "event-title": "" if item.is_report else one_line(item.event_title),
        "event": "" if item.is_report else one_line(item.event_title),
        "event-place": "" if item.is_report else one_line(item.event_place),
        "publisher": one_line(item.publisher) if item.is_report else "",
        "genre": item.genre,
        "abstract": one_line(item.abstract),
        "language": item.language,
        "URL": item.address,
        "accessed": csl_date(item.accessed.isoformat()),
    }
    return {name: value for name, value in values.items() if value}


def csl_date(begins: str, ends: str = "") -> dict[str, Any]:
    """Return a date, or a span of time, as CSL-JSON has it; {} for none."""
    parts = [
        [int(part) for part in day.split("-")] for day in (begins, ends if ends != begins else "") if day
    ]
    return {"date-parts": parts} if parts else {}


def _name(name: CitedName) -> dict[str, str]:
    if name.literal:
        return {"literal": one_line(name.literal)}
    parts = {
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
    }
    return {key: one_line(value) for key, value in parts.items() if value}
