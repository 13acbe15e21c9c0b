"""A sample of questions from all over an archive's words, by whose answers two archives are compared."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from archive.index.engine import SearchEngine
from archive.index.schema import TextField
from archive.model.visibility import Visibility
from archive.search.question import Question
from archive.search.service import SearchService

QUESTIONS_MAX: Final = 100


@dataclass(frozen=True, slots=True)
class SampleAnswer:
    """What a question gets: how many talks and slides, the values of each facet, and the first page's order.

    `order` is the slides of the first page as (document, number).
    """

    groups: int
    slides: int
    facets: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]
    order: tuple[tuple[str, int], ...]

    @property
    def found(self) -> tuple[object, ...]:
        """Return what does not depend on how hits are ranked."""
        return self.groups, self.slides, self.facets


def sample_questions(engine: SearchEngine) -> Sequence[str]:
    """Return words from all over the vocabulary, and pairs of them: at most QUESTIONS_MAX."""
    vocabulary = engine.vocabulary(Visibility.STAFF.rank)
    words = [word for word, _ in vocabulary.terms(TextField.EXACT) if word.isalpha()]
    spread = words[:: max(1, len(words) * 2 // QUESTIONS_MAX)]
    pairs = [f"{first} {second}" for first, second in pairwise(spread)]
    return [*spread, *pairs][:QUESTIONS_MAX]


def answer(search: SearchService, text: str) -> SampleAnswer:
    """Ask a question as staff; return what it gets."""
    page = search.search(Question(text), Visibility.STAFF)
    facets = tuple(
        (facet.value, tuple(sorted((one.value, one.groups) for one in page.facets[facet])))
        for facet in page.facets
    )
    order = tuple((hit.document_id, hit.number) for group in page.groups for hit in group.best)
    return SampleAnswer(page.total_groups, page.total_slides, facets, order)
