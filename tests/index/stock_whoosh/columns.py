"""The columns of a page beside its words: its unit, number and rank.

A *unit* is a document in one language: pages of another language than their document's have a unit of their
own. Filters, facets and grouping work on units, of which there are far fewer than pages.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from whoosh import columns, fields

from archive.index.documents import IndexDocument, Watermark
from archive.index.schema import HIDDEN_RANK, Facet
from archive.index.whoosh.segment import schema

UNIT: Final = "unit"
NUMBER: Final = "number"
RANK: Final = "rank"


def make_schema() -> fields.Schema:
    """Return the fields of the product's index and the three columns."""
    whole = schema.make_schema()
    whole.add(UNIT, fields.COLUMN(columns.RefBytesColumn()))
    whole.add(NUMBER, fields.COLUMN(columns.NumericColumn("i", default=-1)))
    whole.add(RANK, fields.COLUMN(columns.NumericColumn("B", default=HIDDEN_RANK)))
    return whole


@dataclass(frozen=True, slots=True)
class Unit:
    """A document's pages in one language, as searches see them."""

    document: str
    group: str
    date: str
    sort_title: str
    group_order: str
    order: str
    facets: Mapping[Facet, tuple[str, ...]]


def encode_unit(document: IndexDocument, language: str) -> bytes:
    """Return the column value of the document's pages in `language` ("" where the page does not say)."""
    facets = {facet.value: list(dict.fromkeys(values)) for facet, values in document.facets.items() if values}
    if language:
        facets[Facet.LANGUAGE.value] = [language]
    orders = document.group_order, document.order
    return _encode([document.id, document.group, document.date, document.sort_title, *orders, facets])


def encode_watermark(watermark: Watermark) -> bytes:
    """Return the column value of the watermark's own document."""
    return _encode({"epoch": watermark.epoch, "seq": watermark.seq, "fingerprint": watermark.fingerprint})


def decode(value: bytes) -> Unit | Watermark:
    """Return what a column value holds."""
    content = json.loads(value)
    if isinstance(content, dict):
        return Watermark(str(content["epoch"]), int(content["seq"]), str(content["fingerprint"]))
    document, group, date, sort_title, group_order, order, facets = content
    by_facet = {Facet(name): tuple(values) for name, values in facets.items()}
    return Unit(document, group, date, sort_title, group_order, order, by_facet)


def _encode(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode("utf-8")
