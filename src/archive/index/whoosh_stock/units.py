"""What every page of a document has in common, as it is written to and read from the `unit` column.

A *unit* is a document in one language: pages of another language than their document's have a unit of their
own. Filters, facets and grouping work on units, of which there are far fewer than pages.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from archive.index.documents import IndexDocument, Watermark
from archive.index.schema import Facet


@dataclass(frozen=True, slots=True)
class Unit:
    """A document's pages in one language, as searches see them."""

    document: str
    group: str
    date: str
    sort_title: str
    facets: Mapping[Facet, tuple[str, ...]]


def encode_unit(document: IndexDocument, language: str) -> bytes:
    """Return the column value of the document's pages in `language` ("" where the page does not say)."""
    facets = {facet.value: list(dict.fromkeys(values)) for facet, values in document.facets.items() if values}
    if language:
        facets[Facet.LANGUAGE.value] = [language]
    return _encode([document.id, document.group, document.date, document.sort_title, facets])


def encode_watermark(watermark: Watermark) -> bytes:
    """Return the column value of the watermark's own document."""
    return _encode({"epoch": watermark.epoch, "seq": watermark.seq, "fingerprint": watermark.fingerprint})


def decode(value: bytes) -> Unit | Watermark:
    """Return what a column value holds. Raises ValueError, KeyError or TypeError where it is damaged."""
    found = json.loads(value)
    if isinstance(found, dict):
        return Watermark(str(found["epoch"]), int(found["seq"]), str(found["fingerprint"]))
    document, group, date, sort_title, facets = found
    held = {Facet(name): tuple(values) for name, values in facets.items()}
    return Unit(document, group, date, sort_title, held)


def _encode(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode("utf-8")
