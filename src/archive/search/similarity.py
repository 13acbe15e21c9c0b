"""How alike two slides are by their words."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

from archive.analysis.analyzer import Analyzer
from archive.analysis.tokenizer import surface, words
from archive.index.schema import TextField
from archive.index.vocabulary import Vocabulary

SIMILAR_MIN = 0.2
"""Slides below this share a word or two and are about something else: judged by eye on 380 pairs of slides of
real Swedish decks, of which it leaves 20.
"""

Texts = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Wording:
    """What a slide says: its main forms with their counts, and its words without numbers, sorted."""

    terms: Mapping[str, int]
    words: tuple[str, ...]


def wording(texts: Texts, analyzer: Analyzer) -> Wording:
    """Return what the texts of a slide, each with its language, say."""
    terms = Counter(
        token.term
        for text, language in texts
        for token in analyzer.main_terms(text, language)
        if token.boost == 1.0 and len(token.term) > 1
    )
    said = (surface(word) for text, _ in texts for word, _, _ in words(text))
    return Wording(terms, tuple(sorted(word for word in said if not word.isdecimal())))


def is_same(first: Wording, second: Wording) -> bool:
    """Return whether two slides say the same: page numbers and dates may differ."""
    return bool(first.words) and first.words == second.words


class Similarity:
    """Compares slides by the cosine of their terms, weighted by tf·idf (Salton and Buckley, 1988)."""

    def __init__(self, vocabulary: Vocabulary, page_count: int, wordings: Iterable[Wording]) -> None:
        """Take all slides that are to be compared; `page_count`: how many pages there are."""
        terms = sorted({term for one in wordings for term in one.terms})
        counts = vocabulary.frequencies(TextField.TEXT, terms)
        self._idf = {
            term: log(1 + page_count / (1 + count)) for term, count in zip(terms, counts, strict=True)
        }

    def between(self, first: Wording, second: Wording) -> float:
        """Return how alike two slides are, from 0 to 1."""
        left, right = self._weights(first), self._weights(second)
        shared = sum(weight * right[term] for term, weight in left.items() if term in right)
        return shared / (_length(left) * _length(right)) if shared else 0.0

    def _weights(self, one: Wording) -> dict[str, float]:
        return {term: (1 + log(count)) * self._idf[term] for term, count in one.terms.items()}


def _length(weights: Mapping[str, float]) -> float:
    return sqrt(sum(weight * weight for weight in weights.values()))
