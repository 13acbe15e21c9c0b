"""What pages of a document have in common, as columns.

A *unit* is a document in one language: pages of another language than their document's have a unit of their
own. Filters, facets and grouping work on units, of which there are far fewer than pages. The
pages of a unit follow each other in a segment.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from archive.index.documents import IndexDocument
from archive.index.schema import Facet
from archive.index.whoosh.directory.array_file import (
    Array,
    ArrayFile,
    StringTable,
    pack_sorted,
    smallest_type,
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A document's pages in one language, as searches see them."""

    document: str
    group: str
    date: int
    title: str
    group_order: str
    order: str
    facets: Mapping[Facet, Sequence[str]]


def unit_of(document: IndexDocument, language: str) -> Unit:
    """Return the unit of the document's pages in `language` ("" where the page does not say)."""
    facets = {facet: tuple(dict.fromkeys(values)) for facet, values in document.facets.items() if values}
    if language:
        facets[Facet.LANGUAGE] = (language,)
    date = int(document.date.replace("-", "")) if document.date else 0
    orders = document.group_order, document.order
    return Unit(document.id, document.group, date, document.sort_title, *orders, facets)


@dataclass
class UnitColumns:
    """Gathers units and pages for a segment that is being written."""

    units: list[Unit] = field(default_factory=list)
    page_units: list[Array] = field(default_factory=list)
    numbers: list[Array] = field(default_factory=list)
    ranks: list[Array] = field(default_factory=list)

    def add_pages(self, units: Sequence[Unit], page_units: Array, numbers: Array, ranks: Array) -> None:
        """Add pages in order; `page_units` are places in `units`."""
        self.page_units.append(page_units.astype(np.int64) + len(self.units))
        self.numbers.append(numbers.astype(np.int64))
        self.ranks.append(ranks.astype(np.uint8))
        self.units.extend(units)

    def arrays(self) -> dict[str, Array]:
        """Return the columns as a file has them. The unit after the last one is that of no document."""
        arrays: dict[str, Array] = {}
        page_units = np.concatenate(self.page_units)
        documents = self._strings(arrays, "document", [unit.document for unit in self.units])
        self._strings(arrays, "group", [unit.group for unit in self.units])
        self._strings(arrays, "title", [unit.title for unit in self.units])
        self._strings(arrays, "group_order", [unit.group_order for unit in self.units])
        self._strings(arrays, "order", [unit.order for unit in self.units])
        arrays["unit/date"] = np.array([unit.date for unit in self.units], "u4")
        arrays["page/unit"] = page_units.astype(smallest_type(len(self.units)))
        numbers = np.concatenate(self.numbers)
        arrays["page/number"] = numbers.astype(smallest_type(int(numbers.max(initial=0))))
        arrays["page/rank"] = np.concatenate(self.ranks)
        self._document_pages(arrays, documents, page_units)
        for facet in Facet:
            self._facet(arrays, facet)
        return arrays

    def _strings(self, arrays: dict[str, Array], name: str, values: Sequence[str]) -> Array:
        packed, places = pack_sorted(f"table/{name}", values)
        arrays |= packed
        chosen = np.array([places[value] for value in values], np.int64)
        arrays[f"unit/{name}"] = chosen.astype(smallest_type(len(places)))
        return chosen

    def _document_pages(self, arrays: dict[str, Array], documents: Array, page_units: Array) -> None:
        """Note from … to of each document's pages."""
        pages = np.flatnonzero(page_units < len(self.units))
        owner = documents[page_units[pages]] if pages.size else pages
        count = int(documents.max()) + 1 if documents.size else 0
        first, end = np.full(count, page_units.size, np.int64), np.zeros(count, np.int64)
        np.minimum.at(first, owner, pages)
        np.maximum.at(end, owner, pages + 1)
        arrays["document/first"], arrays["document/end"] = first.astype("u4"), end.astype("u4")

    def _facet(self, arrays: dict[str, Array], facet: Facet) -> None:
        of_units = [unit.facets.get(facet, ()) for unit in self.units]
        values = [value for of_unit in of_units for value in of_unit]
        if not values:
            return
        packed, places = pack_sorted(f"facet/{facet.value}", values)
        arrays |= packed
        chosen = np.array([places[value] for value in values], np.int64)
        starts = np.concatenate(([0], np.cumsum([len(of_unit) for of_unit in of_units])))
        arrays[f"facet/{facet.value}/values"] = chosen.astype(smallest_type(len(places)))
        arrays[f"facet/{facet.value}/starts"] = starts.astype("u4")


class FacetColumn:
    """A facet's values in one segment: unit u has values[starts[u]:starts[u + 1]], places in `table`."""

    def __init__(self, file: ArrayFile, facet: Facet, unit_count: int) -> None:
        name = f"facet/{facet.value}"
        self.is_empty = f"{name}/values" not in file
        if self.is_empty:
            self.starts, self.values = np.zeros(unit_count + 1, np.int64), np.empty(0, np.int64)
            return
        self.table = StringTable(file, name)
        self.starts, self.values = file.array(f"{name}/starts"), file.array(f"{name}/values")

    @cached_property
    def counts(self) -> Array:
        """How many values each unit has, shape (n_units,)."""
        return np.diff(self.starts.astype(np.int64))

    @cached_property
    def is_single(self) -> bool:
        """Whether each unit has just one value."""
        return bool(np.all(self.counts == 1))

    def holding(self, values: Sequence[str], unit_count: int) -> NDArray[np.bool_]:
        """Return per unit whether it has any of the values, shape (n_units,)."""
        holds = np.zeros(unit_count, bool)
        if self.is_empty:
            return holds
        places = [self.table.find(value.encode("utf-8", "surrogatepass")) for value in values]
        wanted = np.zeros(len(self.table), bool)
        wanted[[place for place in places if place >= 0]] = True
        hits: NDArray[np.bool_] = wanted[self.values]
        if self.is_single:
            return hits
        holds[np.repeat(np.arange(unit_count), self.counts)[hits]] = True
        return holds


class Units:
    """The columns of units and pages in one segment."""

    def __init__(self, file: ArrayFile) -> None:
        self._file = file
        self.documents = StringTable(file, "table/document")
        self.groups = StringTable(file, "table/group")
        self.titles = StringTable(file, "table/title")
        self.group_orders = StringTable(file, "table/group_order")
        self.orders = StringTable(file, "table/order")
        self.document = file.array("unit/document")
        self.group = file.array("unit/group")
        self.title = file.array("unit/title")
        self.group_order = file.array("unit/group_order")
        self.order = file.array("unit/order")
        self.date = file.array("unit/date")
        self.count = self.document.size
        self.page_unit = file.array("page/unit")
        self.page_number = file.array("page/number")
        self.page_rank = file.array("page/rank")
        self._first, self._end = file.array("document/first"), file.array("document/end")
        self._facets: dict[Facet, FacetColumn] = {}

    def facet(self, facet: Facet) -> FacetColumn:
        """Return a facet's column."""
        column = self._facets.get(facet)
        if column is None:
            column = self._facets[facet] = FacetColumn(self._file, facet, self.count)
        return column

    def pages_of(self, document: str) -> range:
        """Return the pages of a document, removed ones included."""
        place = self.documents.find(document.encode("utf-8", "surrogatepass"))
        return range(int(self._first[place]), int(self._end[place])) if place >= 0 else range(0)

    def read(self, places: Array) -> list[Unit]:
        """Return some units as they were written."""
        facets = [(facet, column) for facet in Facet if not (column := self.facet(facet)).is_empty]
        units = []
        for place in places.tolist():
            values_of = {
                facet: tuple(
                    column.table[value]
                    for value in column.values[column.starts[place] : column.starts[place + 1]].tolist()
                )
                for facet, column in facets
            }
            units.append(
                Unit(
                    self.documents[self.document[place]],
                    self.groups[self.group[place]],
                    int(self.date[place]),
                    self.titles[self.title[place]],
                    self.group_orders[self.group_order[place]],
                    self.orders[self.order[place]],
                    {facet: values for facet, values in values_of.items() if values},
                )
            )
        return units
