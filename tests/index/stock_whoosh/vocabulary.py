"""The words that one kind of visitor may see, counted by walking Whoosh's postings."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeAlias

from archive.index.schema import TextField
from tests.index.stock_whoosh.state import State
from tests.index.stock_whoosh.statistics import frequency

Answer: TypeAlias = Callable[[Callable[[State], Any], Any], Any]


class StockVocabulary:
    """The terms on the pages of ranks up to `max_rank`, in the newest state when it is asked."""

    def __init__(self, answer: Answer, max_rank: int) -> None:
        self._answer = answer
        self._max_rank = max_rank

    def page_count(self) -> int:
        """Return how many such pages there are."""

        def count(state: State) -> int:
            return sum(
                view.is_visible(page, self._max_rank, frozenset())
                for view in state.views
                for page in view.live
            )

        pages: int = self._answer(count, 0)
        return pages

    def frequencies(self, field: TextField, terms: Sequence[str]) -> list[int]:
        """Return on how many pages each term occurs in a field, in the order given."""

        def count(state: State) -> list[int]:
            return [self._count(state, field, term) for term in terms]

        counts: list[int] = self._answer(count, [0] * len(terms))
        return counts

    def terms(self, field: TextField) -> Iterator[tuple[str, int]]:
        """Yield every term of a field with the number of pages it occurs on, in order of the terms."""

        def count(state: State) -> Counter[str]:
            lexicons = [view.segment.reader.lexicon(field.value) for view in state.views]
            terms = {term.decode("utf-8") for lexicon in lexicons for term in lexicon}
            return Counter({term: self._count(state, field, term) for term in terms})

        counts: Counter[str] = self._answer(count, Counter())
        return ((term, number) for term, number in sorted(counts.items()) if number)

    def _count(self, state: State, field: TextField, term: str) -> int:
        return frequency(state, field, term, self._max_rank)
