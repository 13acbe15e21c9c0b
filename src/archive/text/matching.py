"""Which words of a text a question has found, in whatever form they stand there."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, repeat

from archive.text.analysis import Analyzer
from archive.text.asked import Asked
from archive.text.terms import TermTree
from archive.text.tokens import plain_words, surface
from archive.text.wordindex import word_index

# "industri- och exportfrågor", "klimat-anpassning": words that only a look at their neighbours explains.
_JOINED = re.compile(r"[^\W\d_]-(?:\s|[^\W\d_])|\s-[^\W\d_]")


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
        self._prompts = self._asked.terms.union(*self._asked.phrases)

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
        form = surface(word)
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
            memory = self._memories[language] = _Memory(self, self._analyzer, language)
        memory.follow(words, self._prompts)
        if self._beginnings:
            found = [memory.answers[word] if word in memory.answers else memory.ask(word) for word in words]
        else:
            found = [*map(memory.answers.get, words, repeat(()))]
        for phrase, bits in self._asked.phrases.items():
            if all(not memory.spelled(form).isdisjoint(words) for form in phrase):
                self._add_phrase(words, phrase, bits, found)
        return found

    def _add_phrase(
        self, words: Sequence[str], phrase: tuple[str, ...], bits: int, found: list[tuple[Match, ...]]
    ) -> None:
        """Take the words of a phrase for matches wherever they stand as such."""
        forms = list(map(surface, words))
        for first in _places(forms, phrase):
            for index in range(first, first + len(phrase)):
                asked = bits | _together(match.asked for match in found[index])
                found[index] = (Match(0, len(words[index]), asked),)

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


class _Memory:
    """The matches within those words of one language that have any: `answers`."""

    def __init__(self, matcher: Matcher, analyzer: Analyzer, language: str) -> None:
        self._matcher = matcher
        self._language = language
        self._index = word_index(analyzer, language)
        self._version = -1
        self.answers: dict[str, tuple[Match, ...]] = {}

    def follow(self, words: Sequence[str], prompts: Iterable[str]) -> None:
        """Hold the answers of all known words, these among them, that are found by any of `prompts`."""
        self._index.learn(words)
        # Read after learning: what another thread has learned meanwhile is then among the answers, too.
        version = self._index.version
        if version == self._version:
            return
        for word in self._index.found_by(prompts):
            if word not in self.answers:
                self.ask(word)
        self._version = version

    def ask(self, word: str) -> tuple[Match, ...]:
        """Return the matches within a word, and remember them."""
        found = self.answers[word] = self._matcher.look_at(word, self._language)
        return found

    def spelled(self, form: str) -> set[str]:
        """Return the known words with this surface form."""
        return self._index.found_by([form])


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
