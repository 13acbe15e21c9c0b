"""Questions for the engines: many different ones for each row of the table, drawn by frequency."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from random import Random

from archive.index.schema import Facet, TextField
from bench.synthetic.decks import DeckMaker

_SAMPLE_PAGES = 4_000
COUNTED_FACETS = (Facet.YEAR, Facet.REGION, Facet.ORGANISATION, Facet.LANGUAGE)


class Work(StrEnum):
    """The rows of the table. All want the ten best and the exact number of hits."""

    RARE = "rare term"
    COMMON = "common term"
    AND = "AND of two"
    OR = "OR of three"
    PHRASE = "phrase"
    PREFIX = "prefix"
    FILTER = "filter and term"
    FACETS = "four facets over all hits"
    GROUPED = "grouped top 10 with 3 slides each"
    EXPANDED = "expanded query (12 terms in 3 fields)"


@dataclass(frozen=True, slots=True)
class Question:
    """`words` mean what the work says: terms, a phrase, a prefix; for EXPANDED, pairs of alternatives."""

    work: Work
    words: tuple[str, ...]
    filters: dict[Facet, str] = field(default_factory=dict)


class QuestionMaker:
    """Draws questions from the words of the first few thousand slides."""

    def __init__(self, maker: DeckMaker, page_count: int, seed: int = 3) -> None:
        self._random = Random(seed)
        self._frequencies: Counter[str] = Counter()
        self._bodies: list[list[str]] = []
        regions: Counter[str] = Counter()
        for deck in maker.decks(min(_SAMPLE_PAGES, page_count)):
            regions[deck.facets[Facet.REGION][0]] += 1
            for page in deck.pages:
                words = [token.term for token in page.terms[TextField.EXACT]]
                self._bodies.append(words)
                self._frequencies.update(set(words))
        self._regions = [region for region, _ in regions.most_common(10)]
        count = len(self._bodies)
        self._common = self._band(0.08 * count, 0.45 * count)
        self._middling = self._band(0.004 * count, 0.02 * count)
        self._rare = self._band(1, 1.5)
        self._alike: defaultdict[str, list[str]] = defaultdict(list)
        for word in sorted(self._frequencies):
            self._alike[word[:4]].append(word)

    def questions(self, count: int) -> dict[Work, list[Question]]:
        """Return `count` different questions of each work; fewer where the texts have fewer."""
        by_work = {}
        for work in Work:
            drawn = islice(self._endless(work), count * 20)
            distinct = {(question.words, *question.filters.values()): question for question in drawn}
            by_work[work] = list(distinct.values())[:count]
        return by_work

    def _endless(self, work: Work) -> Iterator[Question]:
        while True:
            yield Question(work, self._words(work), self._filters() if work is Work.FILTER else {})

    def _words(self, work: Work) -> tuple[str, ...]:
        draw, common, middling = self._random.choice, self._common, self._middling
        match work:
            case Work.RARE:
                return (draw(self._rare),)
            case Work.COMMON | Work.FILTER | Work.FACETS:
                return (draw(common),)
            case Work.AND | Work.GROUPED:
                return (draw(common), draw(middling))
            case Work.OR:
                return (draw(common), draw(middling), draw(middling))
            case Work.PHRASE:
                return self._neighbours()
            case Work.PREFIX:
                return (
                    draw([word for word in middling if len(word) >= 6])[: self._random.choice((3, 4, 5))],
                )
        return (*self._forms(draw(common)), *self._forms(draw(middling)))

    def _filters(self) -> dict[Facet, str]:
        return {Facet.REGION: self._random.choice(self._regions), Facet.LANGUAGE: "sv"}

    def _band(self, low: float, high: float) -> list[str]:
        return sorted(
            word for word, count in self._frequencies.items() if low <= count < high and len(word) > 1
        ) or sorted(self._frequencies)

    def _neighbours(self) -> tuple[str, ...]:
        """Return two words that follow each other on a slide, both on many."""
        for _ in range(1_000):
            words = self._random.choice(self._bodies)
            at = self._random.randrange(len(words) - 1)
            if all(self._frequencies[word] >= len(self._bodies) / 500 for word in words[at : at + 2]):
                break
        return tuple(words[at : at + 2])

    def _forms(self, word: str) -> tuple[str, str]:
        """Return the word and another with the same beginning, like an inflection or a compound."""
        others = [alike for alike in self._alike[word[:4]] if alike != word]
        return word, self._random.choice(others or self._rare)
