"""Whoosh's segment writer with our way of writing postings and columns.

Transactions, table of contents, deletions and the clearing of old files are Whoosh's.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.writing import SegmentWriter

from archive.index.documents import IndexDocument, IndexPage, Watermark
from archive.index.schema import HIDDEN_RANK, POSITIONAL, TextField
from archive.index.validation import unusable
from archive.index.whoosh.codec.codec import ArrayCodec
from archive.index.whoosh.directory.array_file import write_arrays
from archive.index.whoosh.directory.storage import ARRAYS_SUFFIX
from archive.index.whoosh.segment.segment import FINGERPRINT, Segment, SegmentView
from archive.index.whoosh.segment.units import Unit, UnitColumns, unit_of
from archive.index.whoosh.writer.postings_merger import field_arrays, join, part_of
from archive.index.whoosh.writer.postings_writer import CodedTokens, FieldTokens, UnusableToken


class Abandoned(Exception):
    """The segment is no longer wanted."""


@dataclass(frozen=True, slots=True)
class MovedPages:
    """Where a segment's pages go: those that are `kept` get the numbers from `base` on."""

    kept: NDArray[np.bool_]
    base: int

    def number(self, page: int) -> int:
        """Return the new number of a page that is kept."""
        return self.base + int(np.count_nonzero(self.kept[:page]))


class ArrayWriter(SegmentWriter):
    """Writes one segment of arrays. It raises Abandoned soon after `should_stop` says so."""

    def __init__(self, index: Any, should_stop: Callable[[], bool] = lambda: False) -> None:
        self._should_stop = should_stop
        # Without Whoosh's own lock, which stays held when a full disk stops a writer from being made.
        super().__init__(index, codec=ArrayCodec(), compound=False, _lk=False)
        self._tokens: dict[TextField, FieldTokens] = {}
        self._units: list[Unit] = []
        self._page_units: list[int] = []
        self._numbers: list[int] = []
        self._ranks: list[int] = []
        self._sources: list[tuple[Segment, NDArray[np.bool_], int]] = []
        self._watermark: Mapping[str, object] | None = None

    def add_pages(self, document: IndexDocument) -> None:
        """Add a document. Raises IndexUnusable, and has added nothing, where a word cannot be indexed."""
        pages = sorted(document.pages, key=lambda page: page.language)
        try:
            coded = [self._code(page) for page in pages]
        except UnusableToken as error:
            raise unusable(document, error.message) from error
        unit_for = {}
        for page, fields in zip(pages, coded, strict=True):
            if page.language not in unit_for:
                unit_for[page.language] = len(self._units)
                self._units.append(unit_of(document, page.language))
            for tokens, values in fields:
                tokens.add(self.docnum, values)
            self._add_row(unit_for[page.language], page.number, page.rank)

    def _code(self, page: IndexPage) -> Sequence[tuple[FieldTokens, CodedTokens]]:
        fields = []
        for name, values in page.terms.items():
            if values:
                tokens = self._tokens.get(name)
                if tokens is None:
                    tokens = self._tokens[name] = FieldTokens(name in POSITIONAL)
                fields.append((tokens, tokens.code(values)))
        return fields

    def _add_row(self, unit: int, number: int, rank: int) -> None:
        self._page_units.append(unit)
        self._numbers.append(number)
        self._ranks.append(rank)
        self.docnum += 1
        self._added = True

    def add_watermark(self, watermark: Watermark) -> None:
        """Add the watermark's own page, which no search finds. Documents come before it."""
        self._watermark = {
            "epoch": watermark.epoch,
            "seq": watermark.seq,
            "fingerprint": watermark.fingerprint,
            "page": self.docnum,
        }
        self._add_row(-1, 0, HIDDEN_RANK)

    def add_segment(self, segment: Segment, removed: Iterable[int]) -> MovedPages:
        """Take in a segment's pages but those removed and its watermark's; return where they go."""
        kept = SegmentView(segment, frozenset(removed)).live
        moved = MovedPages(kept, self.docnum)
        self._sources.append((segment, kept, self.docnum))
        self.docnum += int(np.count_nonzero(kept))
        self._added = True
        return moved

    def _flush_segment(self) -> None:
        self.perdocwriter.close()
        self.fieldwriter.close()
        arrays = self._columns().arrays()
        length_sums = {}
        for name in TextField:
            if self._should_stop():
                raise Abandoned
            # Taken out, so that no more than one field's tokens are in memory next to its arrays.
            tokens = self._tokens.pop(name, None)
            parts = [tokens.part(len(self._numbers))] if tokens else []
            del tokens
            parts += [
                part_of(segment.fields[name], kept, base)
                for segment, kept, base in self._sources
                if name in segment.fields
            ]
            part = join(parts) if parts else None
            if part and part.terms:
                arrays |= field_arrays(name.value, part, self.docnum)
                length_sums[name.value] = part.length_sum
        meta = {"watermark": self._watermark, "length_sums": length_sums}
        file = self.newsegment.create_file(self.storage, ARRAYS_SUFFIX)
        write_arrays(file.write, arrays, meta, FINGERPRINT)
        file.close()

    def _columns(self) -> UnitColumns:
        columns = UnitColumns()
        units = np.array(self._page_units, np.int64)
        columns.add_pages(self._units, units, np.array(self._numbers), np.array(self._ranks))
        for segment, kept, _ in self._sources:
            source = segment.units
            is_used = np.zeros(source.count, bool)
            is_used[source.page_unit[kept]] = True
            places = (np.cumsum(is_used) - 1)[source.page_unit[kept]]
            units_kept = source.read(np.flatnonzero(is_used))
            columns.add_pages(units_kept, places, source.page_number[kept], source.page_rank[kept])
        no_unit = len(columns.units)
        columns.page_units[0][units < 0] = no_unit
        return columns
