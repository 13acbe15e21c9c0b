"""Which words of a text a question has found, in whatever form they stand there."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from archive.text.analysis import Analyzer
from archive.text.asked import Asked
from archive.text.terms import TermTree
from archive.text.tokens import plain_words, surface

# "industri- och exportfrågor", "klimat-anpassning": words that only a look at their neighbours explains.
_JOINED = re.compile(r"[^\W\d_]-(?:\s|[^\W\d_])|\s-[^\W\d_]")
_KNOWN_WORDS = 1 << 16


@dataclass(frozen=True, slots=True)
class Match:
    """Characters `start` … `end` of a text: a word or a part of one. `asked` has a bit for all it answers."""

    start: int
    end: int
    asked: int


class Matcher:
    """Finds what a question was expanded to in texts: inflected, in compounds, by beginnings, as phrases.

    What it excludes, and what is asked of speakers, organisations and other fields that do not stand on the
    page, marks nothing. One object remembers each word it has looked at; it serves one thread.
    """

    def __init__(self, tree: TermTree, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._asked = Asked(tree)
        self._beginnings = tuple(self._asked.prefixes)
        self._memories: dict[str, _Memory] = {}

    @property
    def is_empty(self) -> bool:
        """Return whether there is nothing to mark in any text."""
        return self._asked.is_empty

    def spans(self, text: str, language: str) -> list[tuple[int, int]]:
        """Return where the asked words stand: (start, end) in characters, in order, never overlapping."""
        return [(match.start, match.end) for match in self.matches(text, language)]

    def matches(self, text: str, language: str) -> list[Match]:
        """Return the matches in order, never overlapping; each word of a phrase is one.

        A compound is marked where a part of it was asked, all of it where all of it was. `language` is the
        text's: "sv", "en" or "" (unknown).
        """
        if self.is_empty:
            return []
        words = plain_words(text)
        found = self._answers(words, language)
        matches = list(_placed(text, words, found)) if any(found) else []
        joined = self._joined(text, language)
        return _apart([*matches, *joined]) if joined else matches

    def count(self, text: str, language: str) -> int:
        """Return the number of matches: that of `matches`, several times faster on long texts."""
        if self.is_empty:
            return 0
        if self._joined(text, language):
            return len(self.matches(text, language))
        return len(list(chain.from_iterable(self._answers(plain_words(text), language))))

    def shares(self, words: Sequence[str], language: str) -> dict[int, tuple[tuple[float, float], ...]]:
        """Return what to mark of word boxes: by index, the shares (from, to) of the box's width, in 0 … 1.

        `words` are the boxes in reading order; they may hold punctuation or several words, and phrases are
        found across them. Only a part of a word marks less than all of its box.
        """
        text = " ".join(words)
        matches = self.matches(text, language)
        found: dict[int, tuple[tuple[float, float], ...]] = {}
        at = start = 0
        for index, word in enumerate(words if matches else ()):
            end = start + len(word)
            while at < len(matches) and matches[at].end <= start:
                at += 1
            inside = at
            shares = []
            while inside < len(matches) and matches[inside].start < end:
                shares.append(_share(text, matches[inside], start, end))
                inside += 1
            if shares:
                found[index] = ((0.0, 1.0),) if (0.0, 1.0) in shares else tuple(shares)
            start = end + 1
        return found

    def marked(self, words: Sequence[str], language: str) -> frozenset[int]:
        """Return the indices of the word boxes in which anything is to be marked."""
        return frozenset(self.shares(words, language))

    def look_at(self, word: str, language: str) -> tuple[Match, ...]:
        """Return the matches within a single word, without remembering them."""
        form, *terms = _keys(self._analyzer, word, language)  # type: ignore[arg-type]  # protocols hide __hash__
        begins = bool(self._beginnings) and any(one.startswith(self._beginnings) for one in (form, *terms))
        if not begins and self._asked.terms.isdisjoint((form, *terms)):
            return ()
        whole = self._asked.exact.get(form, 0) | self._begun(form)
        parts = []
        for one in self._analyzer.word_terms(word, language):
            bits = self._asked.main.get(one.term, 0) | self._begun(one.term if one.boost >= 1 else "")
            if bits and (one.start, one.end) == (0, len(word)):
                whole |= bits
            elif bits:
                parts.append(Match(one.start, one.end, bits))
        if whole:
            for part in parts:
                whole |= part.asked
            return (Match(0, len(word), whole),)
        return tuple(_apart(parts))

    def _begun(self, form: str) -> int:
        """Return the bits of the beginnings that a form has."""
        if not (self._beginnings and form.startswith(self._beginnings)):
            return 0
        return _together(bits for begun, bits in self._asked.prefixes.items() if form.startswith(begun))

    def _answers(self, words: Sequence[str], language: str) -> list[tuple[Match, ...]]:
        """Return the matches within each word."""
        memory = self._memories.get(language)
        if memory is None:
            memory = self._memories[language] = _Memory(self, language)
        found = list(map(memory.__getitem__, words))
        if self._asked.phrases:
            forms = list(map(surface, words))
            for phrase, bits in self._asked.phrases.items():
                for first in _places(forms, phrase):
                    for index in range(first, first + len(phrase)):
                        asked = bits | _together(match.asked for match in found[index])
                        found[index] = (Match(0, len(words[index]), asked),)
        return found

    def _joined(self, text: str, language: str) -> list[Match]:
        """Return what only several words together answer, in those lines that may hold such words."""
        if not self._asked.main or "-" not in text:
            return []
        found = []
        at = 0
        for line in text.splitlines(keepends=True):
            if "-" in line and _JOINED.search(line):
                for token in self._analyzer.main_terms(line, language):
                    bits = self._asked.main.get(token.term, 0)
                    if bits and token.boost < 1:
                        found.append(Match(at + token.start, at + token.end, bits))
            at += len(line)
        return found


class _Memory(dict[str, tuple[Match, ...]]):
    """The matches within each word of one language, looked for when the word is first asked for."""

    def __init__(self, matcher: Matcher, language: str) -> None:
        super().__init__()
        self._matcher = matcher
        self._language = language

    def __missing__(self, word: str) -> tuple[Match, ...]:
        found = self[word] = self._matcher.look_at(word, self._language)
        return found


@lru_cache(maxsize=_KNOWN_WORDS)
def _keys(analyzer: Analyzer, word: str, language: str) -> tuple[str, ...]:
    """Return all that a word may be found by: its surface form, then its index terms."""
    return (surface(word), *(one.term for one in analyzer.word_terms(word, language)))


def _placed(text: str, words: Sequence[str], found: Sequence[tuple[Match, ...]]) -> Iterator[Match]:
    """Yield matches within words as matches within the text that the words are all the words of."""
    at = 0
    for word, matches in zip(words, found, strict=True):
        at = text.index(word, at)  # nothing that could be a word stands between two words
        for match in matches:
            yield Match(at + match.start, at + match.end, match.asked)
        at += len(word)


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


def _share(text: str, match: Match, start: int, end: int) -> tuple[float, float]:
    """Return the share of a box (characters `start` … `end`) that a match covers; edges cut only words."""
    first, last = max(match.start, start), min(match.end, end)
    left = first if first > start and text[first - 1].isalnum() else start
    right = last if last < end and text[last].isalnum() else end
    return (left - start) / (end - start), (right - start) / (end - start)


def _together(bits: Iterator[int]) -> int:
    whole = 0
    for one in bits:
        whole |= one
    return whole


def _apart(found: Sequence[Match]) -> list[Match]:
    """Return the matches in order; those that overlap are one."""
    kept: list[Match] = []
    for match in sorted(found, key=lambda one: (one.start, -one.end)):
        if kept and match.start < kept[-1].end:
            last = kept[-1]
            kept[-1] = Match(last.start, max(last.end, match.end), last.asked | match.asked)
        else:
            kept.append(match)
    return kept
