"""How alike two slides are by their words, and the words that tell most of what a slide says."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import log, sqrt

from archive.analysis.analyzer import Analyzer
from archive.analysis.tokenizer import plain_words, surface
from archive.index.query import AnyOf, BestOf, MatchNone, Query, Term
from archive.index.schema import TextField
from archive.index.vocabulary import Vocabulary

SIMILAR_MIN = 0.2
"""Slides below this share a word or two and are about something else: judged by eye on 380 pairs of slides of
real Swedish decks, of which it leaves 20.
"""

# Some forty times what a slide has, and eight times what a page of a report has.
_CHARS_MAX = 20_000

Texts = tuple[tuple[str, str], ...]


Wording = Mapping[str, int]
"""What a slide says: its main forms with their counts."""


def wording(texts: Texts, analyzer: Analyzer) -> Wording:
    """Return what the texts of a slide, each with its language, say."""
    return Counter(
        token.term
        for text, language in _beginning(texts)
        for token in analyzer.main_terms(text, language)
        if token.boost == 1.0 and len(token.term) > 1
    )


def _beginning(texts: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield the texts of a slide up to `_CHARS_MAX`: a page at the bounds says what it is about before."""
    left = _CHARS_MAX
    for text, language in texts:
        if left <= 0:
            return
        yield text[:left], language
        left -= len(text)


def is_same(first: Texts, second: Texts) -> bool:
    """Return whether two slides say the same: page numbers and dates may differ."""
    words = _words(first)
    return bool(words) and words == _words(second)


def _words(texts: Texts) -> list[str]:
    """Return the words of a slide without numbers, sorted."""
    said = (surface(word) for text, _ in texts for word in plain_words(text))
    return sorted(word for word in said if not word.isdecimal())


class Similarity:
    """Compares slides by the cosine of their terms, weighted by tf·idf (Salton and Buckley, 1988)."""

    def __init__(self, vocabulary: Vocabulary, page_count: int, wordings: Iterable[Wording]) -> None:
        """Take all slides that are to be compared; `page_count`: how many pages there are."""
        terms = sorted({term for one in wordings for term in one})
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
        return {term: (1 + log(count)) * self._idf[term] for term, count in one.items()}


def _length(weights: Mapping[str, float]) -> float:
    return sqrt(sum(weight * weight for weight in weights.values()))


_TERMS_MAX = 16
_CANDIDATES_MAX = 200
# A term of one page alone leads nowhere; one of very many says nothing.
_PAGES_MIN = 2


def more_like_this(texts: Sequence[tuple[str, str]], analyzer: Analyzer, vocabulary: Vocabulary) -> Query:
    """Return a query of a page's rarest terms.

    Only whole words count, not parts of compounds; a term that the page repeats weighs more.

    Args:
        texts: the page's texts, each with its language.
        analyzer: what the index was made with.
        vocabulary: the words that the visitor may find.
    """
    counts: Counter[str] = Counter()
    for text, language in _beginning(texts):
        counts.update(token.term for token in analyzer.main_terms(text, language) if token.boost == 1.0)
    terms = [term for term in counts if len(term) > 2][:_CANDIDATES_MAX]
    frequencies = dict(zip(terms, vocabulary.frequencies(TextField.TEXT, terms), strict=True))
    rarest = sorted((term for term in terms if frequencies[term] >= _PAGES_MIN), key=frequencies.__getitem__)
    if not rarest:
        return MatchNone()
    return AnyOf(
        tuple(
            BestOf(
                (Term(TextField.TITLE, term, 1.5), Term(TextField.TEXT, term, 1.0 + 0.2 * (counts[term] > 1)))
            )
            for term in rarest[:_TERMS_MAX]
        )
    )
