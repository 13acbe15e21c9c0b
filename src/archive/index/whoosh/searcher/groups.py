"""From matching pages to units, and from units to groups in order, each with its best pages.

Filters, facets and groups look at runs of pages that belong to one unit (a document in one language) and
follow each other, of which there are far fewer than pages.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest

import numpy as np
from numpy.typing import NDArray

from archive.index.schema import Facet
from archive.index.search import GroupHit, PageRef, Sort
from archive.index.whoosh.directory.array_file import Array
from archive.index.whoosh.searcher.snapshot import Snapshot
from archive.index.whoosh.segment.postings import spans
from archive.index.whoosh.segment.segment import Segment

# Scores that differ by less are equal: sums of the same numbers in another order may do so.
_SCORE_DIGITS = 6
# So few groups among all are better sorted than marked among all.
_FEW = 16
_LAST = np.iinfo(np.int64).max

Score = Callable[[int, Array], NDArray[np.float64]]


@dataclass(frozen=True)
class UnitRuns:
    """The runs of one segment: run r has pages[starts[r]:starts[r] + counts[r]], all of `units[r]`.

    Attributes:
        nth: The segment's place in the snapshot.
        segment: The segment.
        pages: The matching pages in order, shape (n_pages,).
        units: The unit of each run, shape (n_runs,).
        starts: Where each run begins in `pages`, shape (n_runs,).
        counts: How many pages each run has, shape (n_runs,).
        failing: Per filtered facet, which runs its filter leaves out, shape (n_runs,) each.
    """

    nth: int
    segment: Segment
    pages: Array
    units: NDArray[np.int64]
    starts: NDArray[np.int64]
    counts: NDArray[np.int64]
    failing: Mapping[Facet, NDArray[np.bool_]]

    def passing(self, facet: Facet | None = None) -> NDArray[np.bool_]:
        """Return per run whether it passes all filters but that of `facet`, shape (n_runs,)."""
        passes = np.ones(self.units.size, bool)
        for filtered, fails in self.failing.items():
            if filtered is not facet:
                passes &= ~fails
        return passes

    def rows_of(self, chosen: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Return which of `pages` belong to the chosen runs."""
        return spans(self.starts[chosen], self.counts[chosen])

    def kept(self, chosen: NDArray[np.bool_]) -> "UnitRuns":
        """Return only the chosen runs, with their pages."""
        if chosen.all():
            return self
        counts = self.counts[chosen]
        pages = self.pages.take(self.rows_of(chosen))
        return UnitRuns(
            self.nth, self.segment, pages, self.units[chosen], np.cumsum(counts) - counts, counts, {}
        )


def find_runs(nth: int, segment: Segment, pages: Array, filters: Mapping[Facet, Sequence[str]]) -> UnitRuns:
    """Return the runs of pages of the nth segment; they are in order, each once and all of some unit."""
    units = segment.units.page_unit.take(pages)
    is_first = np.ones(units.size, bool)
    np.not_equal(units[1:], units[:-1], out=is_first[1:])
    starts = np.flatnonzero(is_first)
    counts = np.diff(np.append(starts, units.size))
    units = units[starts].astype(np.int64)
    failing = {
        facet: ~segment.units.facet(facet).holding(values, segment.units.count)[units]
        for facet, values in filters.items()
        if values
    }
    return UnitRuns(nth, segment, pages, units, starts, counts, failing)


class Grouping:
    """The groups of what matches and passes all filters."""

    def __init__(
        self, snapshot: Snapshot, all_runs: Sequence[UnitRuns], groups: Sequence[Array], score: Score
    ) -> None:
        """Take what matches.

        Args:
            snapshot: The snapshot that is searched.
            all_runs: The runs of each segment that has any.
            groups: The group of each of these runs, shape (n_runs,) each.
            score: Returns the scores of pages of the nth segment, shape (n_pages,).
        """
        self._snapshot = snapshot
        self._all_runs = all_runs
        self._groups = groups
        self._score = score
        self._all_groups = np.concatenate(groups)
        self._size = len(snapshot.numbering.groups.names)
        self._present, self._is_plain = present_groups(self._all_groups, self._size)
        self.group_count = int(self._present.size)
        self.page_count = sum(int(runs.pages.size) for runs in all_runs)
        self._scores: dict[int, NDArray[np.float64]] = {}

    def page_of_groups(self, sort: Sort, offset: int, limit: int, best: int) -> tuple[GroupHit, ...]:
        """Return groups `offset` … `offset + limit` in order, each with its `best` pages."""
        start, limit = max(offset, 0), max(limit, 0)
        if not limit or start >= self.group_count:
            return ()
        names = self._snapshot.numbering.groups.names
        ordered = first_of(self._present, self._keys(sort), names, start + limit)[start:]
        return self._hits(ordered, max(best, 0))

    def _keys(self, sort: Sort) -> list[Array]:
        """Return what the groups are ordered by, lowest first; equal ones are ordered by their names."""
        dates = self._by_group(np.maximum, 0, lambda runs: runs.segment.units.date.take(runs.units))
        if sort is Sort.OLDEST:
            return [np.where(dates == 0, _LAST, dates)]
        if sort is Sort.NEWEST:
            return [-dates]
        if sort is Sort.TITLE:
            ranks = self._snapshot.title_ranks
            titles = self._by_group(np.minimum, _LAST, lambda runs: ranks[runs.nth].take(runs.units))
            return [np.where(titles == 0, _LAST, titles), -dates]
        best = self._by_group(np.maximum, 0, self._best_scores)
        return [-np.round(best, _SCORE_DIGITS), -dates]

    def _by_group(self, choose: np.ufunc, start: int, value: Callable[[UnitRuns], Array]) -> Array:
        values = [value(runs) for runs in self._all_runs]
        kind = np.float64 if values[0].dtype.kind == "f" else np.int64
        if self._is_plain:
            return np.concatenate(values).astype(kind, copy=False)
        chosen = np.full(self._size, start, kind)
        for groups, of_segment in zip(self._groups, values, strict=True):
            choose.at(chosen, groups, of_segment.astype(kind, copy=False))
        return chosen[self._present]

    def _best_scores(self, runs: UnitRuns) -> NDArray[np.float64]:
        scores = self._scores[runs.nth] = self._score(runs.nth, runs.pages)
        if scores.size == runs.units.size:
            return scores
        # Several times as quick as `reduceat` over many short runs. A unit's runs are of one group.
        units = runs.segment.units
        best = np.zeros(units.count)
        np.maximum.at(best, units.page_unit.take(runs.pages), scores)
        return best.take(runs.units)

    def _hits(self, ordered: Sequence[int], best: int) -> tuple[GroupHit, ...]:
        place_of = np.full(self._size, -1, np.int32)
        place_of[ordered] = np.arange(len(ordered), dtype=np.int32)
        pages: list[list[tuple[str, int, float]]] = [[] for _ in ordered]
        for groups, runs in zip(self._groups, self._all_runs, strict=True):
            places = place_of.take(groups)
            is_shown = places >= 0
            chosen = runs.kept(is_shown)
            if not chosen.units.size:
                continue
            known = self._scores.get(runs.nth)
            if known is None:
                scores = self._score(runs.nth, chosen.pages)
            else:
                scores = known if chosen is runs else known.take(runs.rows_of(is_shown))
            _gather(chosen, places[is_shown], scores, pages)
        names = self._snapshot.numbering.groups.names
        return tuple(
            _hit(names[group], its_pages, best) for group, its_pages in zip(ordered, pages, strict=True)
        )


def present_groups(groups: Array, size: int) -> tuple[Array, bool]:
    """Return the different ones of group numbers below `size`, and whether they are all different.

    Where they are, as where no talk has two documents, they come back as they are.
    """
    if groups.size * _FEW < size:
        ordered = np.sort(groups)
        differs = np.append(True, ordered[1:] != ordered[:-1])
        return (groups, True) if differs.all() else (ordered[differs], False)
    present = np.zeros(size, bool)
    present[groups] = True
    if np.count_nonzero(present) == groups.size:
        return groups, True
    return np.flatnonzero(present), False


def _gather(
    runs: UnitRuns, places: Array, scores: NDArray[np.float64], pages: list[list[tuple[str, int, float]]]
) -> None:
    units = runs.segment.units
    numbers = units.page_number[runs.pages].tolist()
    values = np.round(scores, _SCORE_DIGITS).tolist()
    rows = zip(places.tolist(), runs.units.tolist(), runs.starts.tolist(), runs.counts.tolist(), strict=True)
    for place, unit, start, count in rows:
        document = units.documents[units.document[unit]]
        end = start + count
        pages[place] += zip([document] * count, numbers[start:end], values[start:end], strict=True)


def _hit(group: str, pages: list[tuple[str, int, float]], best: int) -> GroupHit:
    pages.sort()
    refs = [PageRef(document, number) for document, number, _ in pages]
    # Equally good pages stay in reading order.
    order = sorted([(-score, place) for place, (_, _, score) in enumerate(pages)])[:best]
    return GroupHit(group, tuple([refs[place] for _, place in order]), tuple(refs))


def first_of(items: Array, keys: Sequence[Array], names: Sequence[str], wanted: int) -> list[int]:
    """Return the `wanted` first of `items` by their keys, then by their names, without sorting all."""
    open_rows = np.arange(items.size)
    rows: list[int] = []
    for key in keys:
        missing = wanted - len(rows)
        if open_rows.size <= missing:
            break
        values = key[open_rows]
        border = np.partition(values, missing - 1)[missing - 1]
        rows += open_rows[values < border].tolist()
        open_rows = open_rows[values == border]

    def name(row: int) -> str:
        return names[int(items[row])]

    rows += nsmallest(wanted - len(rows), open_rows.tolist(), key=name)
    rows.sort(key=lambda row: (*(key[row] for key in keys), name(row)))
    return [int(items[row]) for row in rows]
