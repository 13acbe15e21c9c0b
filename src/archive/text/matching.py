"""Which words of a text a question has found, in whatever form they stand there.

It is learnt from the tree that the engine was asked, so what a question was widened by is found here, too.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from archive.text.analysis import Analyzer
from archive.text.terms import All, Any, Best, Term, TermPhrase, TermPrefix, TermTree, TextField
from archive.text.tokens import plain_words, surface, words

_MAIN_FIELDS = frozenset({TextField.TITLE, TextField.TEXT, TextField.NOTES})
_EXACT_FIELDS = frozenset({TextField.EXACT, TextField.NOTES_EXACT})
# "industri- och exportfrågor": what such a hyphen means takes more than one word to see.
_HANGING = re.compile(r"\w-(?=[\s,/])|(?<![^\s(])-\w")


@dataclass(frozen=True, slots=True)
class Match:
    """Part of a text (characters `start` … `end`) and the number of the asked word or phrase it answers.

    It is a word, or the part of a compound that was asked for.
    """

    start: int
    end: int
    asked: int


class Matcher:
    """Finds a question's words in texts: inflected, as parts of compounds, by their beginning, as phrases.

    Words asked of speakers, organisations and other fields that do not stand on the page mark nothing, nor
    does what a question excludes. One matcher serves one question: it remembers each word it has seen.
    """

    def __init__(self, tree: TermTree, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._main: dict[str, int] = {}
        self._exact: dict[str, int] = {}
        self._prefixes: dict[str, int] = {}
        self._phrases: dict[tuple[str, ...], int] = {}
        self._numbers = count()
        self._seen: dict[tuple[str, str], tuple[Match, ...]] = {}
        self._learn(tree)

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
        if self.is_empty or not text:
            return []
        found = [
            Match(start + one.start, start + one.end, one.asked)
            for word, start, _ in words(text)
            for one in self._of_word(word, language)
        ]
        is_hanging = bool(self._main) and _HANGING.search(text) is not None
        if not self._phrases and not is_hanging:
            return found
        if is_hanging:
            found += self._hanging(text, language)
        return _apart([*found, *self._in_a_row(text)])

    def count(self, text: str, language: str) -> int:
        """Return the number of words that match, several times faster than `matches` on long texts."""
        if self.is_empty:
            return 0
        found = plain_words(text)
        if not self._phrases:
            return sum(times for word, times in Counter(found).items() if self._of_word(word, language))
        marked = {index for index, word in enumerate(found) if self._of_word(word, language)}
        forms = list(map(surface, found))
        for phrase in self._phrases:
            for index in _places(forms, phrase):
                marked.update(range(index, index + len(phrase)))
        return len(marked)

    def marked(self, boxes: Sequence[str], language: str) -> dict[int, tuple[float, float]]:
        """Return which word boxes to mark, by index, and from where to where (shares of the box, 0–1).

        `boxes` are a page's words in reading order. They may hold punctuation or several words; phrases are
        found across boxes. What stands inside a word ("näring" in "gruvnäring") is marked there alone.
        """
        matches = self.matches(" ".join(boxes), language)
        marked: dict[int, tuple[float, float]] = {}
        at = start = 0
        for index, box in enumerate(boxes):
            end = start + len(box)
            while at < len(matches) and matches[at].end <= start:
                at += 1
            inside = [one for one in matches[at : at + len(box)] if one.start < end]
            if inside:
                first, last = max(inside[0].start, start), min(inside[-1].end, end)
                marked[index] = ((first - start) / len(box), (last - start) / len(box))
            start = end + 1
        return marked

    def _learn(self, tree: TermTree) -> None:
        """Take up what must or may stand on the page; forms of one word get one number."""
        match tree:
            case All(children) | Any(children) | Best(children):
                if all(isinstance(child, Term) for child in children):
                    number = next(self._numbers)
                    for child in children:
                        if isinstance(child, Term):
                            self._take(child, number)
                    return
                for child in children:
                    self._learn(child)
            case Term():
                self._take(tree, next(self._numbers))
            case TermPrefix(field, prefix) if field in _MAIN_FIELDS | _EXACT_FIELDS:
                self._prefixes.setdefault(prefix, next(self._numbers))
            case TermPhrase(field, terms) if field in _EXACT_FIELDS:
                self._phrases.setdefault(terms, next(self._numbers))

    def _take(self, term: Term, number: int) -> None:
        if term.field in _MAIN_FIELDS:
            self._main.setdefault(term.term, number)
        elif term.field in _EXACT_FIELDS:
            self._exact.setdefault(term.term, number)

    def _of_word(self, word: str, language: str) -> tuple[Match, ...]:
        """Return what matches in a single word, its characters counted from 0; each is looked at once."""
        key = (word, language)
        known = self._seen.get(key)
        if known is None:
            known = self._seen[key] = self._look(word, language)
        return known

    def _look(self, word: str, language: str) -> tuple[Match, ...]:
        terms = self._analyzer.word_terms(word, language) if self._main else ()
        asked = self._main.get(terms[0].term) if terms else None
        if asked is None:
            form = surface(word)
            asked = self._exact.get(form)
            if asked is None:
                asked = next(
                    (number for begun, number in self._prefixes.items() if form.startswith(begun)), None
                )
        if asked is not None:
            return (Match(0, len(word), asked),)
        parts = (Match(one.start, one.end, self._main.get(one.term, -1)) for one in terms[1:])
        return tuple(_apart([part for part in parts if part.asked >= 0]))

    def _hanging(self, text: str, language: str) -> Iterator[Match]:
        """Yield what only several words together say."""
        for token in self._analyzer.main_terms(text, language):
            asked = self._main.get(token.term)
            if asked is not None:
                yield Match(token.start, token.end, asked)

    def _in_a_row(self, text: str) -> Iterator[Match]:
        """Yield the words of phrases where they stand as such."""
        if not self._phrases:
            return
        places = list(words(text))
        forms = [surface(word) for word, _, _ in places]
        for phrase, asked in self._phrases.items():
            for index in _places(forms, phrase):
                for _, start, end in places[index : index + len(phrase)]:
                    yield Match(start, end, asked)


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


def _apart(found: list[Match]) -> list[Match]:
    """Return the matches in order, without those that a longer or earlier one covers in part."""
    kept: list[Match] = []
    for match in sorted(found, key=lambda one: (one.start, -one.end)):
        if match.start < match.end and (not kept or match.start >= kept[-1].end):
            kept.append(match)
    return kept
