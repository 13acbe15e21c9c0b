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


class TermVectors:
    """Weighs the terms of slides by tf·idf (Salton and Buckley, 1988), for one state of the index.

    How many pages have a term is asked once: slides have most of their terms in common. Several threads may
    share it: what is known only grows, and is replaced by a new dictionary where it has grown too much.
    """

    def __init__(self) -> None:
        self._idf: dict[str, float] = {}

    def of(self, wordings: Iterable[Wording], vocabulary: Vocabulary) -> list[dict[str, float]]:
        """Return the terms of each slide with their weights; the length of each vector is 1."""
        slides = list(wordings)
        idf = self._known({term for one in slides for term in one}, vocabulary)
        return [_weighted(one, idf) for one in slides]

    def _known(self, terms: Iterable[str], vocabulary: Vocabulary) -> Mapping[str, float]:
        if len(self._idf) > _IDFS_MAX:
            self._idf = {}
        known = self._idf
        new = [term for term in terms if term not in known]
        if new:
            total = vocabulary.page_count()
            counts = vocabulary.frequencies(TextField.TEXT, new)
            known.update(
                (term, log(1 + total / (1 + count))) for term, count in zip(new, counts, strict=True)
            )
        return known


def _weighted(one: Wording, idf: Mapping[str, float]) -> dict[str, float]:
    weights = {term: (1 + log(count)) * idf[term] for term, count in one.items()}
    length = sqrt(sum(weight * weight for weight in weights.values()))
    return {term: weight / length for term, weight in weights.items()} if length else {}


def alike(first: Mapping[str, float], second: Mapping[str, float]) -> float:
    """Return how alike two slides are, from 0 to 1: the cosine of their vectors."""
    few, many = sorted((first, second), key=len)
    return sum(weight * many[term] for term, weight in few.items() if term in many)


_TERMS_MAX = 16
_IDFS_MAX = 200_000
_CANDIDATES_MAX = 200
# A term of one page alone leads nowhere; one of very many says nothing.
_PAGES_MIN = 2


def more_like_this(counts: Wording, vocabulary: Vocabulary) -> Query:
    """Return a query of a page's rarest terms.

    Only whole words count, not parts of compounds; a term that the page repeats weighs more.

    Args:
        counts: what the page says.
        vocabulary: the words that the visitor may find.
    """
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
