"""Which words of a text a question has found, in whatever form they stand there."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from archive.text.analysis import Analyzer
from archive.text.query import And, Or, Phrase, Prefix, Query, SearchField, Word
from archive.text.terms import Token
from archive.text.tokens import plain_words, surface

_MARKED_FIELDS = frozenset({None, SearchField.TITLE, SearchField.NOTES})


@dataclass(frozen=True, slots=True)
class Match:
    """A word of a text (characters `start` … `end`) and the number of the asked word or phrase it answers."""

    start: int
    end: int
    asked: int


class Matcher:
    """Finds a question's words in texts: inflected, by their beginning, as phrases; never what it excludes.

    Words asked of speakers, organisations and other fields that do not stand on the page mark nothing. Stop
    words mark only where nothing else was asked.
    """

    def __init__(self, query: Query, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._main: dict[str, int] = {}
        self._exact: dict[str, int] = {}
        self._prefixes: dict[str, int] = {}
        self._phrases: dict[tuple[str, ...], int] = {}
        self._numbers = count()
        self._decided: dict[tuple[str, str], bool] = {}
        stop_words: list[str] = []
        for leaf in _positive(query):
            if leaf.field in _MARKED_FIELDS:
                stop_words += self._learn(leaf)
        if self.is_empty:
            for form in stop_words:
                self._exact.setdefault(form, next(self._numbers))

    @property
    def is_empty(self) -> bool:
        """Return whether there is nothing to mark in any text."""
        return not (self._main or self._exact or self._prefixes or self._phrases)

    def spans(self, text: str, language: str) -> list[tuple[int, int]]:
        """Return where the asked words stand: (start, end) in characters, in order, never overlapping."""
        return [(match.start, match.end) for match in self.matches(text, language)]

    def matches(self, text: str, language: str) -> list[Match]:
        """Return the matches in order, never overlapping; each word of a phrase is one.

        `language` is the text's: "sv", "en" or "" (unknown).
        """
        if self.is_empty:
            return []
        exact = self._analyzer.exact_terms(text)
        found = [*self._single(exact), *self._in_a_row(exact)]
        if self._main:
            for token in self._analyzer.main_terms(text, language):
                asked = self._main.get(token.term)
                if asked is not None:
                    found.append(Match(token.start, token.end, asked))
        return _apart(found)

    def count(self, text: str, language: str) -> int:
        """Return the number of matches: that of `matches`, several times faster on long texts."""
        if self.is_empty:
            return 0
        words = plain_words(text)
        if not any(len(phrase) > 1 for phrase in self._phrases):
            return sum(times for word, times in Counter(words).items() if self._is_asked(word, language))
        forms = list(map(surface, words))
        found = {index for index, word in enumerate(words) if self._is_asked(word, language)}
        for phrase in self._phrases:
            for index in _places(forms, phrase):
                found.update(range(index, index + len(phrase)))
        return len(found)

    def marked(self, words: Sequence[str], language: str) -> frozenset[int]:
        """Return the indices of the word boxes to mark. `words` are a page's boxes in reading order.

        Boxes may hold punctuation or several words; phrases are found across boxes.
        """
        matches = self.matches(" ".join(words), language)
        marked: set[int] = set()
        at = start = 0
        for index, word in enumerate(words):
            end = start + len(word)
            while at < len(matches) and matches[at].end <= start:
                at += 1
            if at < len(matches) and matches[at].start < end:
                marked.add(index)
            start = end + 1
        return frozenset(marked)

    def _is_asked(self, word: str, language: str) -> bool:
        """Return whether a single word matches; each is looked at once."""
        known = self._decided.get((word, language))
        if known is None:
            known = self._decided[word, language] = bool(self.matches(word, language))
        return known

    def _learn(self, leaf: Word | Phrase | Prefix) -> list[str]:
        """Take up what a leaf asks for; return its stop words, which are not taken up."""
        if isinstance(leaf, Phrase):
            forms = tuple(self._forms(" ".join(leaf.words)))
            if forms:
                self._phrases.setdefault(forms, next(self._numbers))
            return []
        forms_asked = self._forms(leaf.text)
        if isinstance(leaf, Prefix) and forms_asked:
            self._prefixes.setdefault(forms_asked.pop(), next(self._numbers))
        stop_words = []
        for form in forms_asked:
            terms = self._analyzer.query_terms(form)
            if not terms:
                stop_words.append(form)
                continue
            asked = next(self._numbers)
            self._exact.setdefault(form, asked)
            for term, _ in terms:
                self._main.setdefault(term, asked)
        return stop_words

    def _forms(self, text: str) -> list[str]:
        return [token.term for token in self._analyzer.exact_terms(text)]

    def _single(self, exact: Sequence[Token]) -> Iterator[Match]:
        """Yield words in their surface form and words that begin as asked."""
        beginnings = tuple(self._prefixes)
        for token in exact:
            asked = self._exact.get(token.term)
            if asked is None and beginnings and token.term.startswith(beginnings):
                asked = next(
                    number for begun, number in self._prefixes.items() if token.term.startswith(begun)
                )
            if asked is not None:
                yield Match(token.start, token.end, asked)

    def _in_a_row(self, exact: Sequence[Token]) -> Iterator[Match]:
        """Yield the words of phrases where they stand as such."""
        if not self._phrases:
            return
        forms = [token.term for token in exact]
        for phrase, asked in self._phrases.items():
            for index in _places(forms, phrase):
                for token in exact[index : index + len(phrase)]:
                    yield Match(token.start, token.end, asked)


def _places(forms: list[str], phrase: tuple[str, ...]) -> Iterator[int]:
    wanted = list(phrase)
    at = -1
    while True:
        try:
            at = forms.index(wanted[0], at + 1)
        except ValueError:
            return
        if forms[at : at + len(wanted)] == wanted:
            yield at


def _positive(query: Query) -> Iterator[Word | Phrase | Prefix]:
    if isinstance(query, And | Or):
        for child in query.children:
            yield from _positive(child)
    elif isinstance(query, Word | Phrase | Prefix):
        yield query


def _apart(found: list[Match]) -> list[Match]:
    """Return the matches in order, without those that a longer or earlier one covers in part."""
    kept: list[Match] = []
    for match in sorted(found, key=lambda one: (one.start, -one.end)):
        if match.start < match.end and (not kept or match.start >= kept[-1].end):
            kept.append(match)
    return kept
