"""Puts an expanded question to the engine: first all of it, then, where that finds little, some of it."""

from dataclasses import dataclass, replace

from archive.index.engine import SearchEngine
from archive.index.query import Query
from archive.index.search import Scope, SearchAnswer, SearchRequest, Sort
from archive.query.compile import CompiledQuery

ENOUGH_GROUPS = 50
"""With fewer talks than this that have all words, those with some of them follow."""


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer, and the tree that was asked for it.

    `complete`: how many talks and pages have all words, where others follow them; else None.
    """

    answer: SearchAnswer
    tree: Query
    complete: tuple[int, int] | None = None


def ask(engine: SearchEngine, expansion: CompiledQuery, request: SearchRequest) -> Answered:
    """Return the answer to a question. The `query` of `request` does not matter: it is the question's.

    The choice between all words and some of them depends on words and order alone: not on the page asked
    for, nor on chosen values, since narrowing a question must not find more. In an order by date or title
    those with all words would not come first, so they stand alone there, if there are any. Phrases are let go
    only where nothing else finds anything, whatever values are chosen.
    """
    strict = engine.search(replace(request, query=expansion.strict))
    complete = (strict.total_groups, strict.total_pages)
    found = strict
    if expansion.relaxed is not None and not _is_enough(engine, expansion, request, strict):
        found = engine.search(replace(request, query=expansion.relaxed))
        if found.total_groups > strict.total_groups:
            return Answered(found, expansion.relaxed, complete)
    if (
        expansion.loose is not None
        and not found.total_groups
        and not _is_anywhere(engine, expansion, request)
    ):
        loose = engine.search(replace(request, query=expansion.loose))
        if loose.total_groups:
            return Answered(loose, expansion.loose, complete)
    return Answered(strict, expansion.strict)


def tree_asked(engine: SearchEngine, expansion: CompiledQuery, scope: Scope) -> Query:
    """Return the tree that `ask` answers by relevance: that of all words, or that of some of them."""
    if expansion.relaxed is None and expansion.loose is None:
        return expansion.strict
    return ask(engine, expansion, SearchRequest(expansion.strict, scope, limit=1, best=1)).tree


def _is_enough(
    engine: SearchEngine, expansion: CompiledQuery, request: SearchRequest, strict: SearchAnswer
) -> bool:
    """Return whether enough talks have all words, chosen values left aside."""
    least = ENOUGH_GROUPS if request.sort is Sort.RELEVANCE else 1
    if strict.total_groups >= least or not any(request.scope.filters.values()):
        return strict.total_groups >= least
    anywhere = replace(request.scope, filters={})
    wide = SearchRequest(expansion.strict, anywhere, limit=1, best=1)
    return engine.search(wide).total_groups >= least


def _is_anywhere(engine: SearchEngine, expansion: CompiledQuery, request: SearchRequest) -> bool:
    """Return whether a question finds anything with its phrases kept, chosen values left aside."""
    if not any(request.scope.filters.values()):
        return False
    anywhere = replace(request.scope, filters={})
    trees = [tree for tree in (expansion.strict, expansion.relaxed) if tree is not None]
    return any(engine.search(SearchRequest(one, anywhere, limit=1, best=1)).total_groups for one in trees)
