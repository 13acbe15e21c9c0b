"""Two engines and the oracle are asked the same: what differs is told in words.

Engines must agree wholly: groups, order, best pages, totals, counts. Only where the oracle says that two
groups' (or pages') scores differ, but by no more than about 10⁻⁶, may they stand the other way round: there
the rounding of sums decides. Engines may round lengths of pages, so of relevance the oracle asks no more than
that the nth group be about as good as its own nth.
"""

from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import TypeVar

from archive.index.engine import SearchEngine
from archive.index.search import PageRef, SearchAnswer, SearchRequest, Sort
from tests.index.brute_force import BruteForceSearch
from tests.index.brute_force_answers import BruteForceAnswers
from tests.index.generated_indexes import Plan
from tests.index.generated_requests import RequestMaker

_One = TypeVar("_One")
_NEAR_TIE = 1.5e-6
RANKING_TOLERANCE = 0.05
"""The share by which an engine's nth group may be worse or better than the oracle's nth."""


class Trial:
    """Engines filled with one plan, and the oracle of the same with its `answers`."""

    def __init__(self, plan: Plan, engines: Sequence[SearchEngine]) -> None:
        self.engines = tuple(engines)
        oracle = BruteForceSearch(plan.batches)
        self.answers = BruteForceAnswers(oracle)
        # Enough pages: only then is the oracle's weighting near enough to the engines'.
        self._can_rank = len(oracle.pages) >= 200
        for engine in engines:
            plan.fill(engine)

    def search(self, request: SearchRequest) -> list[str]:
        """Return how the answers to a search differ, one line each."""
        right = self.answers.search(request)
        everything = self._everything(request)
        answers = [engine.search(request) for engine in self.engines]
        found = []
        for engine, answer in zip(self.engines, answers, strict=True):
            faults = self._faults(answer, right, everything, request)
            found += [f"{engine.name} against the oracle: {one}" for one in faults]
        for engine, answer in list(zip(self.engines, answers, strict=True))[1:]:
            pair = f"{self.engines[0].name} against {engine.name}"
            found += [f"{pair}: {one}" for one in self._differences(answers[0], answer)]
        return found

    def _differences(self, left: SearchAnswer, right: SearchAnswer) -> Iterator[str]:
        if _whole(left) != _whole(right):
            yield f"totals or facets {_whole(left)} and {_whole(right)}"
        orders = [[hit.group for hit in answer.groups] for answer in (left, right)]
        if not _agree(orders[0], orders[1], lambda group: self.answers.scores.get(group, 0.0)):
            yield f"groups {orders[0]} and {orders[1]}"
        others = {hit.group: hit for hit in right.groups}
        for hit in left.groups:
            other = others.get(hit.group, hit)
            if (hit.pages, hit.is_fallback) != (other.pages, other.is_fallback):
                yield f"pages of {hit.group}: {list(hit.pages)} and {list(other.pages)}"
            if not _agree(hit.best, other.best, lambda ref: self.answers.page_scores.get(ref, 0.0)):
                yield f"best pages of {hit.group}: {hit.best} and {other.best}"

    def _faults(
        self, answer: SearchAnswer, right: SearchAnswer, everything: SearchAnswer, request: SearchRequest
    ) -> Iterator[str]:
        if _whole(answer) != _whole(right):
            yield f"totals or facets {_whole(answer)} and not {_whole(right)}"
        yield from self._group_faults(answer, everything, request)
        if request.sort is not Sort.RELEVANCE:
            orders = [[hit.group for hit in one.groups] for one in (answer, right)]
            if orders[0] != orders[1]:
                yield f"groups {orders[0]} and not {orders[1]}"
        elif len(answer.groups) != len(right.groups):
            yield f"{len(answer.groups)} groups and not {len(right.groups)}"
        elif self._can_rank:
            yield from self._rank_faults(answer, request)

    def _group_faults(
        self, answer: SearchAnswer, everything: SearchAnswer, request: SearchRequest
    ) -> Iterator[str]:
        pages_of: dict[str, list[PageRef]] = {hit.group: [] for hit in answer.groups}
        last: dict[str, bool] = {}
        for hit in everything.groups:
            last[hit.group] = hit.is_fallback
            if hit.group in pages_of:
                pages_of[hit.group] = list(hit.pages)
        for hit in answer.groups:
            if list(hit.pages) != pages_of[hit.group]:
                yield f"pages of {hit.group}: {list(hit.pages)} and not {pages_of[hit.group]}"
            if hit.is_fallback != last.get(hit.group):
                yield f"{hit.group} is of the {'fallback' if hit.is_fallback else 'query'}"
            if not set(hit.best) <= set(hit.pages) or len(hit.best) != min(request.best, len(hit.pages)):
                yield f"best pages of {hit.group}: {hit.best}"

    def _everything(self, request: SearchRequest) -> SearchAnswer:
        return self.answers.search(
            SearchRequest(request.query, request.scope, limit=10**9, fallback=request.fallback)
        )

    def _rank_faults(self, answer: SearchAnswer, request: SearchRequest) -> Iterator[str]:
        ranked = self.answers.ranked_scores()[request.offset :]
        for hit, score in zip(answer.groups, ranked, strict=False):
            if abs(self.answers.scores.get(hit.group, 0.0) - score) > RANKING_TOLERANCE * score + _NEAR_TIE:
                yield f"{hit.group} scores {self.answers.scores.get(hit.group)} where {score} belongs"

    def words(self, maker: RequestMaker, random: Random) -> list[str]:
        """Return how the answers to one question about words, one about a document and the counts differ."""
        suggestion = maker.beginning(), maker.field(), random.randint(0, 2), random.choice((0, 1, 5, 50))
        masked, field, word = maker.masked(), maker.field(), maker.word()
        query, scope, rank = maker.query(), maker.scope(), random.randint(0, 2)
        name = random.choice([*maker.documents, "unknown"])
        queries, refs = (query, maker.query()), maker.pages()
        questions: list[tuple[str, Callable[[SearchEngine | BruteForceAnswers], object]]] = [
            (f"suggest{suggestion}", lambda one: one.suggest(*suggestion, masked)),
            (
                f"frequency of {field.value}:{word} up to rank {rank}",
                lambda one: list(one.vocabulary(rank).frequencies(field, [word])),
            ),
            (f"pages up to {rank}", lambda one: one.vocabulary(rank).page_count()),
            (f"terms of {field.value} up to {rank}", lambda one: list(one.vocabulary(rank).terms(field))),
            (f"matching pages of {name} for {query}", lambda one: one.matching_pages(query, scope, name)),
            (f"which of {refs} hold {queries}", lambda one: one.holding(queries, refs)),
            ("counts", lambda one: one.counts()),
        ]
        right = [ask(self.answers) for _, ask in questions]
        return [
            f"{engine.name}, {text}: {answer} and not {known}"
            for (text, ask), known in zip(questions, right, strict=True)
            for engine in self.engines
            if (answer := ask(engine)) != known
        ]


def _whole(answer: SearchAnswer) -> tuple[object, ...]:
    return (
        answer.total_groups,
        answer.total_pages,
        dict(answer.facets),
        answer.document_pages,
        answer.fallback_groups,
        answer.fallback_pages,
    )


def _agree(left: Sequence[_One], right: Sequence[_One], score: Callable[[_One], float]) -> bool:
    """Tell whether two orders are equal, but for places where the scores are all but equal."""
    return len(left) == len(right) and all(
        one == other or 0 < abs(score(one) - score(other)) <= _NEAR_TIE
        for one, other in zip(left, right, strict=True)
    )
