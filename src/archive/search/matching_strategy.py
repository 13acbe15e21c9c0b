"""How much of a question results must have: all words; where few have those, some; else no phrases.

Other engines call this the terms matching strategy.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from archive.index.engine import SearchEngine
from archive.index.query import Query
from archive.index.search import Fallback, GroupHit, Scope, SearchAnswer, SearchRequest
from archive.query.compile import CompiledQuery, SomeWords

ENOUGH_GROUPS = 10
"""With fewer talks than this that have all words, those with some of them follow."""


class MatchingStrategy(StrEnum):
    """What results must have; the names of a compiled question's queries."""

    ALL_WORDS = "strict"
    SOME_WORDS = "relaxed"
    NO_PHRASES = "loose"


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer, and the queries that were asked for it.

    Attributes:
        answer: the talks with all words first, whatever the order, then those with some.
        query: what the pages of the former meet.
        some: what those of the latter meet; None where there are none.
    """

    answer: SearchAnswer
    query: Query
    some: SomeWords | None = None

    @property
    def complete(self) -> tuple[int, int] | None:
        """Return how many talks and pages have all words, where others follow them; else None."""
        answer = self.answer
        if self.some is None:
            return None
        return answer.total_groups - answer.fallback_groups, answer.total_pages - answer.fallback_pages

    def query_of(self, hit: GroupHit) -> Query:
        """Return what the pages of a talk meet."""
        return self.some.query if self.some and hit.is_fallback else self.query


def ask(engine: SearchEngine, compiled: CompiledQuery, request: SearchRequest) -> Answered:
    """Return the answer to a question. The query of `request` does not matter: it is the question's.

    The choice between all words and some of them depends on the words alone: neither on the order nor on the
    page asked for, nor on chosen values, since narrowing a question must not find more. A talk in which a
    page has all words is found for such pages alone. Phrases are released only where nothing else finds
    anything, whatever values are chosen.
    """
    relaxed, loose = compiled.relaxed, compiled.loose
    answer = _search(engine, compiled.strict, relaxed, request)
    if loose is not None and not answer.total_groups and not _is_anywhere(engine, compiled, request.scope):
        released = _search(engine, compiled.strict, loose, request)
        if released.total_groups:
            return Answered(released, compiled.strict, loose)
    return Answered(answer, compiled.strict, relaxed if answer.fallback_groups else None)


def _search(
    engine: SearchEngine, query: Query, some: SomeWords | None, request: SearchRequest
) -> SearchAnswer:
    fallback = Fallback(some.query, ENOUGH_GROUPS) if some else None
    return engine.search(replace(request, query=query, fallback=fallback))


def _is_anywhere(engine: SearchEngine, compiled: CompiledQuery, scope: Scope) -> bool:
    """Return whether a question finds anything with its phrases kept, chosen values left aside."""
    if not any(scope.filters.values()):
        return False
    everywhere = SearchRequest(compiled.strict, replace(scope, filters={}), limit=0)
    return _search(engine, compiled.strict, compiled.relaxed, everywhere).total_groups > 0
