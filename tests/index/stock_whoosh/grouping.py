"""From matching pages to groups in order, each with its best pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from archive.index.search import GroupHit, PageRef, Sort
from tests.index.stock_whoosh.columns import Unit

# Scores that differ by less are equal: sums of the same numbers in another order may do so.
_SCORE_DIGITS = 6


@dataclass(frozen=True, slots=True)
class UnitHits:
    """The matching pages of a unit: their numbers in the document and their scores.

    `is_fallback`: they match the search's fallback and not its query.
    """

    unit: Unit
    pages: list[tuple[int, float]]
    is_fallback: bool = False


@dataclass(slots=True)
class _Group:
    id: str
    date: str = ""
    title: str = ""
    orders: tuple[str, str] = ("", "")
    score: float = 0.0
    is_fallback: bool = False
    hits: list[UnitHits] = field(default_factory=list)

    def add(self, hits: UnitHits) -> None:
        best = round(max(score for _, score in hits.pages), _SCORE_DIGITS)
        self.title = min(self.title, hits.unit.sort_title) if self.hits else hits.unit.sort_title
        orders = hits.unit.group_order, hits.unit.order
        first = (min(pair) for pair in zip(self.orders, orders, strict=True))
        self.orders = (next(first), next(first)) if self.hits else orders
        self.date = max(self.date, hits.unit.date)
        self.score = max(self.score, best)
        self.is_fallback = hits.is_fallback
        self.hits.append(hits)


class Grouping:
    """Gathers matching units into groups."""

    def __init__(self) -> None:
        self._groups: dict[str, _Group] = {}

    def add(self, hits: UnitHits) -> None:
        """Take in a unit with at least one matching page."""
        group = self._groups.get(hits.unit.group)
        if group is None:
            group = self._groups[hits.unit.group] = _Group(hits.unit.group)
        group.add(hits)

    @property
    def group_count(self) -> int:
        """Return how many groups match."""
        return len(self._groups)

    @property
    def page_count(self) -> int:
        """Return how many pages match."""
        return sum(len(hits.pages) for group in self._groups.values() for hits in group.hits)

    def of_fallback(self) -> tuple[int, int]:
        """Return how many groups and pages match the fallback only."""
        groups = [group for group in self._groups.values() if group.is_fallback]
        return len(groups), sum(len(hits.pages) for group in groups for hits in group.hits)

    def page_of_groups(self, sort: Sort, offset: int, limit: int, best: int) -> tuple[GroupHit, ...]:
        """Return groups `offset` … `offset + limit` in order, each with its `best` pages."""
        ordered = _ordered(self._groups.values(), sort)
        return tuple(_hit(group, best) for group in ordered[max(offset, 0) :][: max(limit, 0)])


def _ordered(groups: Iterable[_Group], sort: Sort) -> list[_Group]:
    # Sorting is stable: from the last criterion to the first.
    ordered = sorted(groups, key=lambda group: (group.orders, group.id))
    ordered.sort(key=lambda group: group.date, reverse=True)
    if sort is Sort.RELEVANCE:
        ordered.sort(key=lambda group: group.score, reverse=True)
    elif sort is Sort.OLDEST:
        ordered.sort(key=lambda group: (not group.date, group.date))
    elif sort is Sort.TITLE:
        ordered.sort(key=lambda group: (not group.title, group.title))
    ordered.sort(key=lambda group: group.is_fallback)
    return ordered


def _hit(group: _Group, best: int) -> GroupHit:
    scored: Sequence[tuple[float, str, str, int]] = sorted(
        (-round(score, _SCORE_DIGITS), hits.unit.order, hits.unit.document, number)
        for hits in group.hits
        for number, score in hits.pages
    )
    refs = [PageRef(document, number) for _, _, document, number in scored]
    in_order = [PageRef(document, number) for _, document, number in sorted(one[1:] for one in scored)]
    return GroupHit(group.id, tuple(refs[: max(best, 0)]), tuple(in_order), group.is_fallback)
