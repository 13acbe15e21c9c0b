"""Finds the words of a text that answer a question, in whatever form they occur."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain

from archive.analysis.analyzer import Analyzer
from archive.analysis.stemmer import regular_prefixes
from archive.analysis.tokenizer import surface
from archive.highlight.mark_targets import MarkTargets, Prefilter, figures_of_spellings, phrase_runs
from archive.index.query import Query

# "industri- och exportfrågor", "klimat-anpassning": words that can be understood only with their neighbors.
_HYPHENATED = re.compile(r"([^\W\d_]+)-(?=\s|[^\W\d_])|\s-([^\W\d_])")
_FIGURE = re.compile(r"\d")
# The implied compound begins like the word before the hyphen; so many letters are compared.
_BEGINNING_CHARS = 4


@dataclass(frozen=True, slots=True)
class Match:
    """Characters `start` … `end` of a text, a word or a part of one; `targets`: the bits that it answers."""

    start: int
    end: int
    targets: int


class Matcher:
    """Finds in texts what a question was expanded to: inflected, in compounds, by prefix, as phrases.

    What the question excludes, and what it asks of speakers, organisations and other fields that are not on
    the page, marks nothing. Caches the matches of each word; not thread-safe.
    """

    def __init__(self, tree: Query, analyzer: Analyzer) -> None:
        """`tree` is the query that found the page, `analyzer` the one that made the index."""
        self._analyzer = analyzer
        self._targets = MarkTargets(tree)
        self._prefixes = tuple(self._targets.prefixes)
        self._cached: dict[str, dict[str, tuple[Match, ...]]] = {}
        self._starts = {term[:end] for term in self._targets.main for end in range(1, _BEGINNING_CHARS + 1)}
        self._letters = {letter for term in self._targets.main for letter in term[1:]}
        self._figures = figures_of_spellings(self._targets.main)
        substrings = chain.from_iterable(map(analyzer.required_substrings, self._targets.main))
        self._prefilter = Prefilter(
            [
                *substrings,
                *self._targets.exact,
                *chain.from_iterable(map(regular_prefixes, self._targets.prefixes)),
            ]
        )

    @property
    def is_empty(self) -> bool:
        """Return whether there is nothing to mark in any text."""
        return self._targets.is_empty

    def spans(self, text: str, language: str) -> list[tuple[int, int]]:
        """Return the matches as (start, end) in characters, in order, never overlapping."""
        return [(match.start, match.end) for match in self.matches(text, language)]

    def matches(self, text: str, language: str) -> list[Match]:
        """Return the matches in order, never overlapping; each word of a phrase is one.

        Of a compound only the part is marked that the question asks for, or the whole if it asks for that.

        Args:
            text: A text in normal form.
            language: The text's: "sv", "en" or "" (unknown).
        """
        if self.is_empty:
            return []
        return self._with_implied(text, language, self._implied(text, language))

    def _with_implied(self, text: str, language: str, implied: Sequence[Match]) -> list[Match]:
        by_word = self._by_word(text, language)
        matches = [
            Match(start + match.start, start + match.end, match.targets)
            for start in sorted(by_word)
            for match in by_word[start]
        ]
        return _disjoint([*matches, *implied]) if implied else matches

    def count_all(self, texts: Iterable[tuple[str, str]]) -> int:
        """Return the number of matches in (text, language) pairs, faster than one by one."""
        if self._targets.phrases:  # they do not reach from one text into the next
            return sum(self.count(text, language) for text, language in texts)
        by_language: defaultdict[str, list[str]] = defaultdict(list)
        for text, language in texts:
            by_language[language].append(text)
        return sum(self.count("\n".join(group), language) for language, group in by_language.items())

    def count(self, text: str, language: str) -> int:
        """Return the number of `matches`, a phrase as one; several times faster on long texts."""
        if self.is_empty:
            return 0
        if self._targets.phrases:
            return self._count_phrases_once(text, language)
        if implied := self._implied(text, language):
            return len(self._with_implied(text, language, implied))
        return sum(map(len, self._by_word(text, language).values()))

    def _count_phrases_once(self, text: str, language: str) -> int:
        """Return the number of matches outside of phrases, and of phrases that share no word."""
        in_phrases: set[int] = set()
        count = 0
        for phrase in self._targets.phrases:
            for run in phrase_runs(text, phrase):
                starts = {start for _, start, _ in run}
                count += starts.isdisjoint(in_phrases)
                in_phrases |= starts
        return count + sum(match.start not in in_phrases for match in self.matches(text, language))

    def shares(
        self, boxes: Sequence[str], language: str, matches_max: int | None = None
    ) -> dict[int, tuple[tuple[float, float], ...]]:
        """Return what to mark of word boxes.

        Phrases are found across boxes. A box is marked in part only where the match is a part of a word.

        Args:
            boxes: The texts of the boxes in reading order, with punctuation; one may have several words.
            language: As in `matches`.
            matches_max: How many matches are looked at, the first ones; None for all.

        Returns:
            By index of the box: the shares (from, to) of its width, each from 0 to 1.
        """
        text = " ".join(boxes)
        matches = self.matches(text, language)[:matches_max]
        ends = [*accumulate(len(box) + 1 for box in boxes)]  # with the space after it
        shares: defaultdict[int, list[tuple[float, float]]] = defaultdict(list)
        for match in matches:
            index = bisect_right(ends, match.start)
            while index < len(boxes) and (start := ends[index] - len(boxes[index]) - 1) < match.end:
                if match.start < start + len(boxes[index]):
                    shares[index].append(_share(text, match, start, start + len(boxes[index])))
                index += 1
        whole = (0.0, 1.0)
        return {index: (whole,) if whole in marked else tuple(marked) for index, marked in shares.items()}

    def _match_word(self, word: str, language: str) -> tuple[Match, ...]:
        """Return the matches within a single word."""
        form = surface(word)
        whole = self._targets.exact.get(form, 0) | self._by_prefix(form)
        parts = []
        for term in self._analyzer.word_terms(word, language):
            bits = self._targets.main.get(term.term, 0) | self._by_prefix(
                term.term if term.boost >= 1 else ""
            )
            if bits and (term.start, term.end) == (0, len(word)):
                whole |= bits
            elif bits:
                parts.append(Match(term.start, term.end, bits))
        if whole:
            for part in parts:
                whole |= part.targets
            return (Match(0, len(word), whole),)
        return tuple(_disjoint(parts))

    def _by_prefix(self, form: str) -> int:
        """Return the bits of the prefixes that a form begins with."""
        if not (self._prefixes and form.startswith(self._prefixes)):
            return 0
        return _union(bits for prefix, bits in self._targets.prefixes.items() if form.startswith(prefix))

    def _by_word(self, text: str, language: str) -> dict[int, tuple[Match, ...]]:
        """Return the matches within each word, by where the word starts; no words without matches."""
        cached = self._cached.setdefault(language, {})
        by_word: dict[int, tuple[Match, ...]] = {}
        for word, start, _ in self._prefilter.candidates(text):
            matches = cached.get(word)
            if matches is None:
                matches = cached[word] = self._match_word(word, language)
            if matches:
                by_word[start] = matches
        for phrase, bits in self._targets.phrases.items():
            _add_phrase(text, phrase, bits, by_word)
        return by_word

    def _may_imply(self, line: str) -> bool:
        """Return whether a hyphen of a line may imply a compound that the question asks for."""
        for match in _HYPHENATED.finditer(line):
            before, after = match.groups()
            if before and surface(before)[:_BEGINNING_CHARS] in self._starts:
                return True
            if after and after.lower() in self._letters:
                return True
        return False

    def _may_spell(self, line: str) -> bool:
        """Return whether a line may have a number or date of the question, written as several words."""
        return any(figures in line for figures in self._figures)

    def _implied(self, text: str, language: str) -> list[Match]:
        """Return the matches of implied compounds, which take several words, where lines may have some."""
        if not (self._targets.main and ("-" in text or (self._figures and _FIGURE.search(text)))):
            return []
        matches = []
        at = 0
        for line in text.splitlines(keepends=True):
            if ("-" in line and self._may_imply(line)) or self._may_spell(line):
                for token in self._analyzer.main_terms(line, language):
                    bits = self._targets.main.get(token.term, 0)
                    if bits and token.boost < 1:
                        matches.append(Match(at + token.start, at + token.end, bits))
            at += len(line)
        return matches


def _add_phrase(text: str, phrase: tuple[str, ...], bits: int, by_word: dict[int, tuple[Match, ...]]) -> None:
    """Add the words of a phrase as matches wherever it occurs."""
    for run in phrase_runs(text, phrase):
        for word, start, _ in run:
            targets = bits | _union(match.targets for match in by_word.get(start, ()))
            by_word[start] = (Match(0, len(word), targets),)


def _share(text: str, match: Match, start: int, end: int) -> tuple[float, float]:
    """Return the share of a box (characters `start` … `end`) that a match covers; punctuation counts with
    it.
    """
    first, last = max(match.start, start), min(match.end, end)
    left = first if first > start and text[first - 1].isalnum() else start
    right = last if last < end and text[last].isalnum() else end
    return (left - start) / (end - start), (right - start) / (end - start)


def _union(bits: Iterator[int]) -> int:
    union = 0
    for mask in bits:
        union |= mask
    return union


def _disjoint(matches: Sequence[Match]) -> list[Match]:
    """Return the matches in order; those that overlap are merged."""
    merged: list[Match] = []
    for match in sorted(matches, key=lambda match: (match.start, -match.end)):
        if merged and match.start < merged[-1].end:
            last = merged[-1]
            merged[-1] = Match(last.start, max(last.end, match.end), last.targets | match.targets)
        else:
            merged.append(match)
    return merged
