"""From runs of matching pages to groups in order, each with its best pages."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from heapq import nsmallest
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from archive.index.search import GroupHit, PageRef, Sort
from archive.index.whoosh.directory.array_file import Array
from archive.index.whoosh.searcher.runs import PageRuns, UnitRuns
from archive.index.whoosh.searcher.snapshot import GlobalOrdinals, Snapshot
from archive.index.whoosh.segment.units import Units

# Scores that differ by less are equal: sums of the same numbers in another order may do so.
_SCORE_DIGITS = 6
# So few groups among all are better sorted than marked among all.
_FEW = 16
_LAST = np.iinfo(np.int64).max

Score = Callable[[UnitRuns, Array], NDArray[np.float64]]
# A page of a group: its document's order and identifier, its number and its score.
_Page = tuple[str, str, int, float]
# Pages of a group: their document's order and identifier, and their numbers.
_Run = tuple[str, str, list[int]]


class Grouping:
    """The groups of what matches and passes all filters."""

    def __init__(
        self, snapshot: Snapshot, all_runs: Sequence[UnitRuns], groups: Sequence[Array], score: Score
    ) -> None:
        """Take what matches.

        Args:
            snapshot: The snapshot that is searched.
            all_runs: The runs of each segment that has any; no group is in those of the fallback and in
                others.
            groups: The group of each of these runs, shape (n_runs,) each.
            score: Returns the scores of pages that belong to runs, shape (n_pages,).
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
        self._scores: dict[tuple[int, bool], NDArray[np.float64]] = {}

    def page_of_groups(self, sort: Sort, offset: int, limit: int, best: int) -> tuple[GroupHit, ...]:
        """Return groups `offset` … `offset + limit` in order, each with its `best` pages."""
        start, limit = max(offset, 0), max(limit, 0)
        if not limit or start >= self.group_count:
            return ()
        names = self._snapshot.numbering.groups.names
        ordered = first_of(self._present, self._keys(sort), names, start + limit)[start:]
        return self._hits(ordered, max(best, 0))

    def _keys(self, sort: Sort) -> Iterator[Array]:
        """Yield what the groups are ordered by, lowest first; equal ones are ordered by their names."""
        numbering = self._snapshot.numbering
        if any(runs.is_fallback for runs in self._all_runs):
            yield self._by_group(np.maximum, 0, lambda runs: np.full(runs.units.size, int(runs.is_fallback)))
        dates = self._by_group(np.maximum, 0, lambda runs: runs.segment.units.date.take(runs.units))
        if sort is Sort.OLDEST:
            yield np.where(dates == 0, _LAST, dates)
        else:
            if sort is Sort.RELEVANCE:
                yield -np.round(self._by_group(np.maximum, 0, self._best_scores), _SCORE_DIGITS)
            elif sort is Sort.TITLE:
                titles = self._ranks(numbering.titles, lambda units: units.title)
                yield np.where(titles == 0, _LAST, titles)
            yield -dates
        yield self._ranks(numbering.group_orders, lambda units: units.group_order)
        yield self._ranks(numbering.orders, lambda units: units.order)

    def _ranks(self, ordinals: GlobalOrdinals, column: Callable[[Units], Array]) -> Array:
        """Return the place of each group by the first of its units' strings in a column."""
        segments = [runs.segment for runs in self._all_runs]
        ranks = dict(zip(segments, ordinals.ranks(segments), strict=True))
        return self._by_group(
            np.minimum,
            _LAST,
            lambda runs: ranks[runs.segment].take(column(runs.segment.units).take(runs.units)),
        )

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
        scores = self._scores[runs.nth, runs.is_fallback] = self._score(runs, runs.pages)
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
        if not best:
            return self._all_pages(ordered, place_of)
        pages: list[list[_Page]] = [[] for _ in ordered]
        fallback = np.zeros(len(ordered), bool)
        for groups, runs in zip(self._groups, self._all_runs, strict=True):
            places = place_of.take(groups)
            is_shown = places >= 0
            chosen = runs.kept(is_shown)
            if not chosen.units.size:
                continue
            known = self._scores.get((runs.nth, runs.is_fallback))
            if known is None:
                scores = self._score(runs, chosen.pages)
            else:
                scores = known if chosen is runs else known.take(runs.rows_of(is_shown))
            _gather(chosen, places[is_shown], scores, pages)
            fallback[places[is_shown]] = runs.is_fallback
        names = self._snapshot.numbering.groups.names
        return tuple(
            _hit(names[group], its_pages, best, is_fallback)
            for group, its_pages, is_fallback in zip(ordered, pages, fallback.tolist(), strict=True)
        )

    def _all_pages(self, ordered: Sequence[int], place_of: Array) -> tuple[GroupHit, ...]:
        """Return groups with all their pages and no best ones: nothing is scored, no page is an object."""
        found: list[list[_Run]] = [[] for _ in ordered]
        fallback = np.zeros(len(ordered), bool)
        for groups, runs in zip(self._groups, self._all_runs, strict=True):
            places = place_of.take(groups)
            is_shown = places >= 0
            _gather_runs(runs.kept(is_shown), places[is_shown], found)
            fallback[places[is_shown]] = runs.is_fallback
        names = self._snapshot.numbering.groups.names
        rows = zip(ordered, found, fallback.tolist(), strict=True)
        return tuple(
            GroupHit(names[group], (), PageRuns(_joined(runs)), is_fallback)
            for group, runs, is_fallback in rows
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


def _gather(runs: UnitRuns, places: Array, scores: NDArray[np.float64], pages: list[list[_Page]]) -> None:
    units = runs.segment.units
    numbers = units.page_number[runs.pages].tolist()
    values = np.round(scores, _SCORE_DIGITS).tolist()
    rows = zip(places.tolist(), runs.units.tolist(), runs.starts.tolist(), runs.counts.tolist(), strict=True)
    for place, unit, start, count in rows:
        order, document = units.orders[units.order[unit]], units.documents[units.document[unit]]
        end = start + count
        own = zip(numbers[start:end], values[start:end], strict=True)
        pages[place] += [(order, document, number, score) for number, score in own]


def _gather_runs(runs: UnitRuns, places: Array, found: list[list[_Run]]) -> None:
    """Add the pages of each unit to what was found of its group."""
    units = runs.segment.units
    numbers = units.page_number[runs.pages].tolist()
    rows = zip(places.tolist(), runs.units.tolist(), runs.starts.tolist(), runs.counts.tolist(), strict=True)
    for place, unit, start, count in rows:
        order, document = units.orders[units.order[unit]], units.documents[units.document[unit]]
        found[place].append((order, document, numbers[start : start + count]))


def _joined(runs: Sequence[_Run]) -> list[tuple[str, list[int]]]:
    """Return the documents in order, each with the numbers of its pages, which may be of several units."""
    numbers_of: dict[tuple[str, str], list[int]] = {}
    for order, document, numbers in runs:
        numbers_of.setdefault((order, document), []).extend(numbers)
    return [(document, sorted(numbers)) for (_, document), numbers in sorted(numbers_of.items())]


def _hit(group: str, pages: list[_Page], best: int, is_fallback: bool) -> GroupHit:
    pages.sort()
    refs = [PageRef(document, number) for _, document, number, _ in pages]
    # Equally good pages stay in reading order.
    order = sorted([(-score, place) for place, (_, _, _, score) in enumerate(pages)])[:best]
    return GroupHit(group, tuple([refs[place] for _, place in order]), tuple(refs), is_fallback)


def first_of(items: Array, keys: Iterable[Array], names: Sequence[str], wanted: int) -> list[int]:
    """Return the `wanted` first of `items` by their keys, then by their names, without sorting all.

    Keys are taken only as long as those before leave the order open.
    """
    open_rows = np.arange(items.size)
    rows: list[int] = []
    known: list[Array] = []
    for key in keys:
        known.append(key)
        missing = wanted - len(rows)
        if open_rows.size > missing:
            values = key[open_rows]
            border = np.partition(values, missing - 1)[missing - 1]
            rows += open_rows[values < border].tolist()
            open_rows = open_rows[values == border]
        if open_rows.size <= wanted - len(rows):
            chosen = [*rows, *open_rows.tolist()]
            ordered = sorted(zip(_values(known, chosen), items[chosen].tolist(), strict=True))
            if all(before[0] != after[0] for before, after in pairwise(ordered)):
                return [item for _, item in ordered]

    def name(row: int) -> str:
        return names[int(items[row])]

    rows += nsmallest(wanted - len(rows), open_rows.tolist(), key=name)
    last = sorted(zip(_values(known, rows), map(name, rows), items[rows].tolist(), strict=True))
    return [item for _, _, item in last]


def _values(keys: Sequence[Array], rows: Sequence[int]) -> Iterator[tuple[float, ...]]:
    """Yield the values of each row in all keys."""
    return zip(*(key[rows].tolist() for key in keys), strict=True)
