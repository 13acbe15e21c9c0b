"""One search: groups in order, each with its pages, and the counts beside them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from archive.index.opensearch.compile import Body, Compiler, with_power
from archive.index.opensearch.counting import SHOWN, PageCounts, added, chosen, count_questions, read_counts
from archive.index.opensearch.listing import FoundPage, found_pages
from archive.index.opensearch.mapping import WINDOW
from archive.index.opensearch.pages import group_of_place
from archive.index.opensearch.snapshot import RemoteSnapshot
from archive.index.opensearch.statistics import RemoteStatistics, visible
from archive.index.query import Query
from archive.index.search import GroupHit, Scope, SearchAnswer, SearchRequest, Sort

# Scores that differ by less are equal, as in the embedded engine.
_SCORE_DIGITS: Final = 6
_FIRST: Final = 500
"""So many groups are asked for with the counts; of more it must be known first how many there are."""
_ALL_GROUPS: Final = 50_000
"""The server takes no longer list of groups."""
_AROUND: Final = 60
"""Where scores add with a power, so many more groups are looked at: the server ranks them by plain sums."""

_NEWEST_FIRST: Final = (
    {"date": {"order": "desc", "missing": "_last"}},
    {"group_order": "asc"},
    {"order": "asc"},
    {"group": "asc"},
)
_ORDERS: Final[Mapping[Sort, Sequence[Any]]] = {
    Sort.RELEVANCE: ("_score", *_NEWEST_FIRST),
    Sort.NEWEST: _NEWEST_FIRST,
    Sort.TITLE: ({"title": {"order": "asc", "missing": "_last"}}, *_NEWEST_FIRST),
}


def search(snapshot: RemoteSnapshot, request: SearchRequest) -> SearchAnswer:
    """Answer one search."""
    offset, limit = max(0, request.offset), max(0, request.limit)
    fallback = request.fallback
    own = _Part(snapshot, request, request.query, (), fallback.enough if fallback else 0)
    own.ask(offset, limit)
    parts = [own]
    if fallback is not None and len(own.counts.first_groups) < fallback.enough:
        others = _Part(snapshot, request, fallback.query, own.counts.first_groups, 0)
        missing = offset + limit - own.counts.groups
        others.ask(max(0, offset - own.counts.groups), min(limit, max(0, missing)))
        parts.append(others)
    counts = [part.counts for part in parts]
    hits = [hit for nth, part in enumerate(parts) for hit in part.hits(is_fallback=nth > 0)]
    return SearchAnswer(
        groups=tuple(hits),
        total_groups=sum(one.groups for one in counts),
        total_pages=sum(one.pages for one in counts),
        facets={facet: added(counts, facet, request.facet_limit) for facet in request.facets},
        document_pages=tuple(sorted({number for part in parts for number in part.document_pages()})),
        fallback_groups=sum(one.groups for one in counts[1:]),
        fallback_pages=sum(one.pages for one in counts[1:]),
    )


def scoped(query: Body, scope: Scope, without_groups: Sequence[str] = ()) -> Body:
    """Return the query for matching pages that a visitor may see, of other groups than some."""
    without: list[Body] = []
    if scope.masked:
        without.append({"terms": {"document": sorted(scope.masked)}})
    if without_groups:
        without.append({"terms": {"group": list(without_groups)}})
    return {"bool": {"must": [query], "filter": [visible(scope.max_rank)], "must_not": without}}


@dataclass
class _Part:
    """The pages that match one of a request's queries, of groups that match none before it."""

    snapshot: RemoteSnapshot
    request: SearchRequest
    query: Query
    without_groups: Sequence[str]
    first_groups: int
    counts: PageCounts = field(default_factory=lambda: PageCounts(0, 0))
    groups: Sequence[str] = ()

    def __post_init__(self) -> None:
        scope = self.request.scope
        statistics = RemoteStatistics(self.snapshot, scope.max_rank)
        self.compiler = Compiler(statistics, is_scored=self.request.limit > 0)
        self.body = scoped(self.compiler.compile(self.query), scope, self.without_groups)
        self.offset = self.limit = 0

    def ask(self, offset: int, limit: int) -> None:
        """Count, and find the groups `offset` … `offset + limit`, or those around them."""
        self.offset, self.limit = offset, limit
        spare = _AROUND if self._is_powered and limit else 0
        start, wanted = (0, offset + limit + spare) if spare else (offset, limit)
        is_first = wanted <= _FIRST and start + wanted <= WINDOW and self.request.sort is not Sort.OLDEST
        body: dict[str, Any] = {
            "size": 0,
            "query": self.body,
            "track_total_hits": False,
            "aggs": count_questions(self.request.scope.filters, self.request.facets, self.first_groups),
        }
        if is_first:
            body |= self._heads(start, wanted)
        answer = self.snapshot.search(body, shown=(*SHOWN, "hits.hits.fields.group", "_shards"))
        self.counts = read_counts(answer, self.request.facets)
        if not is_first:
            wanted = min(wanted, self.counts.groups - start)
            answer = self._rest(start, wanted) if wanted > 0 else {}
        self.groups = _groups_of(answer)

    @property
    def _is_powered(self) -> bool:
        return bool(self.compiler.powers) and self.request.sort is Sort.RELEVANCE

    def _heads(self, start: int, wanted: int) -> dict[str, Any]:
        return {
            "from": start,
            "size": wanted,
            "sort": list(_ORDERS[self.request.sort]),
            "collapse": {"field": "group"},
            "post_filter": chosen(self.request.scope.filters),
        }

    def _rest(self, start: int, wanted: int) -> dict[str, Any]:
        """Return groups in an order or number that the first question could not have."""
        if self.request.sort is Sort.OLDEST:
            return self._oldest(start, wanted)
        body = {"query": self.body, "track_total_hits": False, **self._heads(start, wanted)}
        body["size"] = min(wanted, max(0, WINDOW - start))
        return self.snapshot.search(body, shown=("hits.hits.fields.group", "_shards"))

    def _oldest(self, start: int, wanted: int) -> dict[str, Any]:
        """Return groups by the newest date among their pages, the lowest first, then by their orders.

        Collapsing would take the oldest of a group's pages instead. Documents' orders decide between groups
        of one order only among those that are returned: the server cannot order groups so.
        """
        ordered = {
            "field": "group_place",
            "size": start + wanted,
            # Each shard tells of all: what is first of all may be far down on one.
            "shard_size": start + self.counts.groups,
            "order": [{"dated": "desc"}, {"newest": "asc"}, {"_key": "asc"}],
        }
        inside = {"dated": {"max": {"field": "is_dated"}}, "newest": {"max": {"field": "date"}}}
        body = {
            "size": 0,
            "query": {"bool": {"filter": [self.body, chosen(self.request.scope.filters)]}},
            "track_total_hits": False,
            "aggs": {"groups": {"terms": ordered, "aggs": inside}},
        }
        answer = self.snapshot.search(body, shown=("aggregations.groups.buckets.key", "_shards"))
        buckets = answer["aggregations"]["groups"]["buckets"][start:]
        groups = dict.fromkeys(group_of_place(bucket["key"]) for bucket in buckets)
        return {"hits": {"hits": [{"fields": {"group": [group]}} for group in groups]}}

    def hits(self, is_fallback: bool) -> list[GroupHit]:
        """Return the groups that were found, with their pages."""
        if not self.groups or not self.limit:
            return []
        of_groups = {"terms": {"group": list(self.groups)}}
        narrowed = self._passing([of_groups] if len(self.groups) <= _ALL_GROUPS else [])
        pages: dict[str, list[FoundPage]] = defaultdict(list)
        for page in found_pages(self.snapshot, narrowed, is_scored=True):
            pages[page.group].append(page)
        groups = [group for group in self.groups if group in pages]
        if self._is_powered:
            groups = self._reordered(groups, pages)[self.offset :][: self.limit]
        elif self.request.sort is Sort.OLDEST:
            groups = self._reordered(groups, pages)
        best = max(0, self.request.best)
        return [self._hit(group, pages[group], best, is_fallback) for group in groups]

    def document_pages(self) -> Iterable[int]:
        """Return the numbers of the matching pages of the request's document."""
        if not self.request.document:
            return ()
        narrowed = self._passing([{"term": {"document": self.request.document}}])
        return [page.ref.number for page in found_pages(self.snapshot, narrowed)]

    def _passing(self, filters: list[Body]) -> Body:
        return {"bool": {"must": [self.body], "filter": [chosen(self.request.scope.filters), *filters]}}

    def _score(self, page: FoundPage) -> float:
        return round(with_power(page.score, self.compiler.powers, page.parts), _SCORE_DIGITS)

    def _reordered(self, groups: Sequence[str], pages: Mapping[str, list[FoundPage]]) -> list[str]:
        def key(group: str) -> tuple[float, int, str, str, str]:
            found = pages[group]
            first = min(page.group_order for page in found), min(page.order for page in found)
            date = max(page.date for page in found)
            if self.request.sort is Sort.OLDEST:
                return float(not date), date, *first, group
            return -max(map(self._score, found)), -date, *first, group

        return sorted(groups, key=key)

    def _hit(self, group: str, pages: Sequence[FoundPage], best: int, is_fallback: bool) -> GroupHit:
        # They come in reading order, and equally good ones stay in it.
        ordered = sorted(pages, key=lambda page: -self._score(page))[:best]
        refs = tuple(page.ref for page in pages)
        return GroupHit(group, tuple(page.ref for page in ordered), refs, is_fallback)


def _groups_of(answer: Mapping[str, Any]) -> list[str]:
    hits = answer.get("hits", {}).get("hits", ())
    return [str(hit["fields"]["group"][0]) for hit in hits]
