"""How much of a question results must have: all words; where few have those, some; else no phrases.

Other engines call this the terms matching strategy.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from archive.index.engine import SearchEngine
from archive.index.query import Query
from archive.index.search import Scope, SearchAnswer, SearchRequest, Sort
from archive.query.compile import CompiledQuery

ENOUGH_GROUPS = 50
"""With fewer talks than this that have all words, those with some of them follow."""


class MatchingStrategy(StrEnum):
    """What results must have; the names of a compiled question's queries."""

    ALL_WORDS = "strict"
    SOME_WORDS = "relaxed"
    NO_PHRASES = "loose"


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer, the query that was asked for it, and how much of the question that is.

    `complete`: how many talks and pages have all words, where others follow them; else None.
    """

    answer: SearchAnswer
    query: Query
    strategy: MatchingStrategy = MatchingStrategy.ALL_WORDS
    complete: tuple[int, int] | None = None


def ask(engine: SearchEngine, compiled: CompiledQuery, request: SearchRequest) -> Answered:
    """Return the answer to a question. The query of `request` does not matter: it is the question's.

    The choice between all words and some of them depends on words and order alone: not on the page asked
    for, nor on chosen values, since narrowing a question must not find more. In an order by date or title
    those with all words would not come first, so they are alone there, if there are any. Phrases are released
    only where nothing else finds anything, whatever values are chosen.
    """
    strict = _search(engine, compiled.strict, request)
    complete = (strict.total_groups, strict.total_pages)
    answer = strict
    if compiled.relaxed is not None and not _is_enough(engine, compiled, request, strict):
        answer = _search(engine, compiled.relaxed, request)
        if answer.total_groups > strict.total_groups:
            return Answered(answer, compiled.relaxed, MatchingStrategy.SOME_WORDS, complete)
    if (
        compiled.loose is not None
        and not answer.total_groups
        and not _is_anywhere(engine, compiled, request.scope)
    ):
        loose = _search(engine, compiled.loose, request)
        if loose.total_groups:
            return Answered(loose, compiled.loose, MatchingStrategy.NO_PHRASES, complete)
    return Answered(strict, compiled.strict)


def _search(engine: SearchEngine, query: Query, request: SearchRequest) -> SearchAnswer:
    return engine.search(replace(request, query=query))


def _is_enough(
    engine: SearchEngine, compiled: CompiledQuery, request: SearchRequest, strict: SearchAnswer
) -> bool:
    """Return whether enough talks have all words, chosen values left aside."""
    least = ENOUGH_GROUPS if request.sort is Sort.RELEVANCE else 1
    if strict.total_groups >= least or not any(request.scope.filters.values()):
        return strict.total_groups >= least
    return _count_anywhere(engine, compiled.strict, request.scope) >= least


def _is_anywhere(engine: SearchEngine, compiled: CompiledQuery, scope: Scope) -> bool:
    """Return whether a question finds anything with its phrases kept, chosen values left aside."""
    if not any(scope.filters.values()):
        return False
    queries = [query for query in (compiled.strict, compiled.relaxed) if query is not None]
    return any(_count_anywhere(engine, query, scope) for query in queries)


def _count_anywhere(engine: SearchEngine, query: Query, scope: Scope) -> int:
    """Return how many talks a query finds whatever values are chosen."""
    return engine.search(SearchRequest(query, replace(scope, filters={}), limit=0)).total_groups
