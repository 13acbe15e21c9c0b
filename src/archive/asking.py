"""Puts an expanded question to the engine: first all of it, then, where that finds little, some of it."""

from dataclasses import dataclass, replace

from archive.index.base import SearchAnswer, SearchEngine, SearchRequest
from archive.text.expand import Expansion

ENOUGH_GROUPS = 50
"""With fewer talks than this that have all words, those with some of them follow."""


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer. `complete`: how many talks and pages have all words, where others follow them; else None."""

    answer: SearchAnswer
    complete: tuple[int, int] | None = None


def ask(engine: SearchEngine, expansion: Expansion, request: SearchRequest) -> Answered:
    """Return the answer to a question. The `tree` of `request` does not matter: it is the question's.

    The choice between all words and some of them depends on the question alone, never on the page asked for.
    """
    strict = engine.search(replace(request, tree=expansion.strict))
    if expansion.relaxed is None or strict.total_groups >= ENOUGH_GROUPS:
        return Answered(strict)
    relaxed = engine.search(replace(request, tree=expansion.relaxed))
    if relaxed.total_groups <= strict.total_groups:
        return Answered(strict)
    return Answered(relaxed, (strict.total_groups, strict.total_pages))
