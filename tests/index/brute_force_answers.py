"""The oracle's answers to what the protocol asks: groups in order, totals, facet counts, words."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from archive.index.query import Query
from archive.index.schema import Facet, TextField
from archive.index.search import FacetCount, GroupHit, PageRef, Scope, SearchAnswer, SearchRequest, Sort
from tests.index.brute_force import BruteForceSearch, Held

_SCORE_DIGITS = 6  # scores that differ by less are equal
HIGHEST_RANK = 2


class BruteForceAnswers:
    """Answers over an oracle's pages. `scores` of the last search stay, by group."""

    def __init__(self, oracle: BruteForceSearch) -> None:
        self._oracle = oracle
        self._by_rank = {rank: oracle.for_visitors(rank) for rank in range(HIGHEST_RANK + 1)}
        self.scores: dict[str, float] = {}
        self.page_scores: dict[PageRef, float] = {}
        self._last: set[str] = set()

    def search(self, request: SearchRequest) -> SearchAnswer:
        """Return the whole answer, worked out page by page."""
        seen = self._seen(request.query, request.scope)
        fallback = self._fallback(request, {held.document.group for held, _ in seen})
        last = {held.document.group for held, _ in fallback}
        seen += fallback
        chosen = [(held, score) for held, score in seen if not _failing(held, request.scope)]
        self.page_scores = {_ref(held): score for held, score in chosen}
        groups: dict[str, list[tuple[Held, float]]] = defaultdict(list)
        for held, score in chosen:
            groups[held.document.group].append((held, score))
        self.scores = {group: max(score for _, score in hits) for group, hits in groups.items()}
        self._last = last & groups.keys()
        ordered = sorted(
            groups, key=lambda group: (group in last, *_sort_key(group, groups[group], request.sort))
        )
        shown = ordered[request.offset :][: request.limit]
        return SearchAnswer(
            tuple(_group_hit(group, groups[group], request.best, group in last) for group in shown),
            len(groups),
            len(chosen),
            {facet: _counts(facet, seen, request) for facet in request.facets},
            tuple(sorted(held.page.number for held, _ in chosen if held.document.id == request.document)),
            len(self._last),
            sum(held.document.group in last for held, _ in chosen),
        )

    def ranked_scores(self) -> list[float]:
        """Return the scores of the last search's groups in their order: best first, the fallback's last."""
        ranked = sorted((group in self._last, -score) for group, score in self.scores.items())
        return [-score for _, score in ranked]

    def holding(self, queries: Sequence[Query], pages: Sequence[PageRef]) -> tuple[frozenset[PageRef], ...]:
        """Return for each query those of the pages that match it."""
        everybody = Scope(max_rank=HIGHEST_RANK)
        return tuple(
            frozenset(_ref(held) for held, _ in self._seen(query, everybody)) & set(pages)
            for query in queries
        )

    def matching_pages(self, query: Query, scope: Scope, document: str) -> tuple[int, ...]:
        """Return the numbers of one document's matching pages."""
        return tuple(
            sorted(
                held.page.number
                for held, _ in self._seen(query, scope)
                if held.document.id == document and not _failing(held, scope)
            )
        )

    def suggest(
        self, prefix: str, field: TextField, max_rank: int, limit: int, masked: frozenset[str] = frozenset()
    ) -> tuple[str, ...]:
        """Return terms by their beginning, those of visible pages only."""
        counts: dict[str, int] = defaultdict(int)
        for held in self._oracle.pages:
            if held.page.rank <= max_rank and held.document.id not in masked:
                for term in {token.term for token in held.page.terms.get(field, ())}:
                    counts[term] += term.startswith(prefix)
        found = sorted((-count, term) for term, count in counts.items() if count)
        return tuple(term for _, term in found[:limit])

    def vocabulary(self, max_rank: int) -> "BruteForceVocabulary":
        """Return the words of the pages up to a rank."""
        return BruteForceVocabulary([held for held in self._oracle.pages if held.page.rank <= max_rank])

    def counts(self) -> tuple[int, int]:
        """Return how many documents and pages there are."""
        return len({held.document.id for held in self._oracle.pages}), len(self._oracle.pages)

    def _fallback(self, request: SearchRequest, found: set[str]) -> list[tuple[Held, float]]:
        """Return what the fallback finds in other groups, where the query finds few, before any filter."""
        if request.fallback is None or len(found) >= request.fallback.enough:
            return []
        seen = self._seen(request.fallback.query, request.scope)
        return [(held, score) for held, score in seen if held.document.group not in found]

    def _seen(self, query: Query, scope: Scope) -> list[tuple[Held, float]]:
        """Return what matches and may be seen, before any filter."""
        scores = self._by_rank[scope.max_rank].scores(query)
        found = ((self._oracle.pages[n], score) for n, score in scores.items())
        return [
            (held, score)
            for held, score in found
            if held.page.rank <= scope.max_rank and held.document.id not in scope.masked
        ]


def _failing(held: Held, scope: Scope) -> list[Facet]:
    return [
        facet for facet, values in scope.filters.items() if values and not set(values) & held.values(facet)
    ]


def _ref(held: Held) -> PageRef:
    return PageRef(held.document.id, held.page.number)


def _sort_key(group: str, hits: Sequence[tuple[Held, float]], sort: Sort) -> tuple[object, ...]:
    date = max(held.document.date for held, _ in hits)
    title = min(held.document.sort_title for held, _ in hits)
    score = round(max(score for _, score in hits), _SCORE_DIGITS)
    group_order = min(held.document.group_order for held, _ in hits)
    order = min(held.document.order for held, _ in hits)
    newest_first = (not date, [-ord(sign) for sign in date], group_order, order, group)
    by_sort: Mapping[Sort, tuple[object, ...]] = {
        Sort.RELEVANCE: (-score,),
        Sort.NEWEST: (),
        Sort.OLDEST: (not date, date),
        Sort.TITLE: (not title, title),
    }
    return (*by_sort[sort], *newest_first)


def _group_hit(group: str, hits: Iterable[tuple[Held, float]], best: int, is_fallback: bool) -> GroupHit:
    scored = [
        (-round(score, _SCORE_DIGITS), held.document.order, held.document.id, held.page.number)
        for held, score in hits
    ]
    return GroupHit(
        group,
        tuple(PageRef(document, number) for _, _, document, number in sorted(scored)[:best]),
        tuple(PageRef(document, number) for _, document, number in sorted(one[1:] for one in scored)),
        is_fallback,
    )


def _counts(
    facet: Facet, seen: Sequence[tuple[Held, float]], request: SearchRequest
) -> tuple[FacetCount, ...]:
    groups: dict[str, set[str]] = defaultdict(set)
    pages: dict[str, int] = defaultdict(int)
    for held, _ in seen:
        if set(_failing(held, request.scope)) <= {facet}:
            for value in held.values(facet):
                groups[value].add(held.document.group)
                pages[value] += 1
    counted = [FacetCount(value, len(groups[value]), pages[value]) for value in pages]
    counted.sort(key=lambda one: (-one.groups, -one.pages, one.value))
    return tuple(counted[: request.facet_limit])


class BruteForceVocabulary:
    """Words counted page by page."""

    def __init__(self, pages: Sequence[Held]) -> None:
        self._pages = pages

    def page_count(self) -> int:
        return len(self._pages)

    def frequencies(self, field: TextField, terms: Sequence[str]) -> list[int]:
        counts = dict(self.terms(field))
        return [counts.get(term, 0) for term in terms]

    def terms(self, field: TextField) -> Iterator[tuple[str, int]]:
        counts: Counter[str] = Counter()
        for held in self._pages:
            counts.update({token.term for token in held.page.terms.get(field, ())})
        yield from sorted(counts.items())
