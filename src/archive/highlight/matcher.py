"""Which words of a text a question has found, in whatever form they stand there."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain

from archive.analysis.analyzer import Analyzer
from archive.analysis.form_prefixes import regular_prefixes
from archive.analysis.tokenizer import folded, surface, words
from archive.highlight.mark_targets import MarkTargets
from archive.highlight.prefilter import Prefilter
from archive.index.query import Query

# "industri- och exportfrågor", "klimat-anpassning": words that only a look at their neighbours explains.
_JOINED = re.compile(r"([^\W\d_]+)-(?=\s|[^\W\d_])|\s-([^\W\d_])")
# What such words mean begins as the word before the hyphen does, in this many letters at most.
_BEGINNING_CHARS = 4


@dataclass(frozen=True, slots=True)
class Match:
    """Characters `start` … `end` of a text: a word or a part of one. `asked` has a bit for all it answers."""

    start: int
    end: int
    targets: int


class Matcher:
    """Finds what a question was expanded to in texts: inflected, in compounds, by prefix, as phrases.

    What it excludes, and what is asked of speakers, organisations and other fields that do not stand on the
    page, marks nothing. One object remembers each word it has looked at; it serves one thread.
    """

    def __init__(self, tree: Query, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._asked = MarkTargets(tree)
        self._beginnings = tuple(self._asked.prefixes)
        self._memories: dict[str, dict[str, tuple[Match, ...]]] = {}
        self._starts = {term[:end] for term in self._asked.main for end in range(1, _BEGINNING_CHARS + 1)}
        self._letters = {letter for term in self._asked.main for letter in term[1:]}
        roots = chain.from_iterable(map(analyzer.required_substrings, self._asked.main))
        self._candidates = Prefilter(
            [*roots, *self._asked.exact, *chain.from_iterable(map(regular_prefixes, self._asked.prefixes))]
        )

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
        found = self._by_word(text, language)
        matches = [
            Match(start + match.start, start + match.end, match.targets)
            for start in sorted(found)
            for match in found[start]
        ]
        joined = self._joined(text, language)
        return _apart([*matches, *joined]) if joined else matches

    def count_all(self, texts: Iterable[tuple[str, str]]) -> int:
        """Return the number of matches in texts, (text, language) each: faster for all at once."""
        if self._asked.phrases:  # which do not reach from one text into the next
            return sum(self.count(text, language) for text, language in texts)
        together: defaultdict[str, list[str]] = defaultdict(list)
        for text, language in texts:
            together[language].append(text)
        return sum(self.count("\n".join(found), language) for language, found in together.items())

    def count(self, text: str, language: str) -> int:
        """Return the number of matches: that of `matches`, several times faster on long texts."""
        if self.is_empty:
            return 0
        if self._joined(text, language):
            return len(self.matches(text, language))
        return sum(map(len, self._by_word(text, language).values()))

    def shares(self, boxes: Sequence[str], language: str) -> dict[int, tuple[tuple[float, float], ...]]:
        """Return what to mark of word boxes: by index, the shares (from, to) of the box's width, in 0 … 1.

        `boxes` are words in reading order; they may hold punctuation or several words, and phrases are
        found across them. Only a part of a word marks less than all of its box.
        """
        text = " ".join(boxes)
        matches = self.matches(text, language)
        ends = [*accumulate(len(box) + 1 for box in boxes)]  # with the space behind
        shares: defaultdict[int, list[tuple[float, float]]] = defaultdict(list)
        for match in matches:
            index = bisect_right(ends, match.start)
            while index < len(boxes) and (start := ends[index] - len(boxes[index]) - 1) < match.end:
                if match.start < start + len(boxes[index]):
                    shares[index].append(_share(text, match, start, start + len(boxes[index])))
                index += 1
        whole = (0.0, 1.0)
        return {at: (whole,) if whole in found else tuple(found) for at, found in shares.items()}

    def match_word(self, word: str, language: str) -> tuple[Match, ...]:
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
                whole |= part.targets
            return (Match(0, len(word), whole),)
        return tuple(_apart(parts))

    def _begun(self, form: str) -> int:
        """Return the bits of the prefixes that a form has."""
        if not (self._beginnings and form.startswith(self._beginnings)):
            return 0
        return _together(bits for begun, bits in self._asked.prefixes.items() if form.startswith(begun))

    def _by_word(self, text: str, language: str) -> dict[int, tuple[Match, ...]]:
        """Return, by where each word starts that has any, the matches within it."""
        memory = self._memories.setdefault(language, {})
        found: dict[int, tuple[Match, ...]] = {}
        for word, start, _ in self._candidates.candidates(text):
            matches = memory.get(word)
            if matches is None:
                matches = memory[word] = self.match_word(word, language)
            if matches:
                found[start] = matches
        for phrase, bits in self._asked.phrases.items():
            _add_phrase(text, phrase, bits, found)
        return found

    def _may_join(self, line: str) -> bool:
        """Return whether any hyphen of a line may stand in a compound that was asked for."""
        for match in _JOINED.finditer(line):
            before, after = match.groups()
            if before and surface(before)[:_BEGINNING_CHARS] in self._starts:
                return True
            if after and after.lower() in self._letters:
                return True
        return False

    def _joined(self, text: str, language: str) -> list[Match]:
        """Return what only several words together answer, in those lines that may hold such words."""
        if not self._asked.main or "-" not in text:
            return []
        found = []
        at = 0
        for line in text.splitlines(keepends=True):
            if "-" in line and self._may_join(line):
                for token in self._analyzer.main_terms(line, language):
                    bits = self._asked.main.get(token.term, 0)
                    if bits and token.boost < 1:
                        found.append(Match(at + token.start, at + token.end, bits))
            at += len(line)
        return found


def _add_phrase(text: str, phrase: tuple[str, ...], bits: int, found: dict[int, tuple[Match, ...]]) -> None:
    """Take the words of a phrase for matches wherever they stand as such."""
    low = folded(text)
    if low is not None and not all(form in low for form in phrase):
        return
    places = list(words(text))
    forms = [surface(word) for word, _, _ in places]
    for first in _places(forms, phrase):
        for word, start, _ in places[first : first + len(phrase)]:
            asked = bits | _together(match.targets for match in found.get(start, ()))
            found[start] = (Match(0, len(word), asked),)


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
            kept[-1] = Match(last.start, max(last.end, match.end), last.targets | match.targets)
        else:
            kept.append(match)
    return kept
