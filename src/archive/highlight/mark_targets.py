"""What a question marks on a page: terms, surface forms, prefixes and phrases, each with the bit of its
target.

A target is one thing the question asks for, in whatever form: the alternatives of a word share its bit. A
word that answers several targets (a compound: the whole and its parts) gets several bits.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from archive.analysis.tokenizer import WORD_MAX_CHARS, folded, surface, words
from archive.index.query import AllOf, AnyOf, BestOf, Query, Term, TermPhrase, TermPrefix
from archive.index.schema import TextField

_SURFACE_FIELDS = frozenset({TextField.EXACT, TextField.NOTES_EXACT})
_MAIN_FIELDS = frozenset({TextField.TITLE, TextField.TEXT, TextField.NOTES})
_PAGE_FIELDS = _SURFACE_FIELDS | _MAIN_FIELDS

Leaf = Term | TermPhrase | TermPrefix


class MarkTargets:
    """The leaves of a query that mark words on a page; not what is excluded, nor fields of the talk alone.

    `main` and `exact` map index terms and surface forms to their bits, `prefixes` prefixes of either,
    `phrases` surface forms in a row.
    """

    def __init__(self, tree: Query) -> None:
        self.main: dict[str, int] = {}
        self.exact: dict[str, int] = {}
        self.prefixes: dict[str, int] = {}
        self.phrases: dict[tuple[str, ...], int] = {}
        bit = 1
        for leaves in _alternatives(tree):
            if sum(self._add(leaf, bit) for leaf in leaves):
                bit <<= 1
        self.terms = frozenset((*self.main, *self.exact))

    @property
    def is_empty(self) -> bool:
        """Return whether nothing would be marked on any page."""
        return not (self.terms or self.prefixes or self.phrases)

    def _add(self, leaf: Leaf, bit: int) -> bool:
        """Add a leaf; return whether it is new."""
        if leaf.field not in _PAGE_FIELDS:
            return False
        if isinstance(leaf, TermPhrase):
            return self.phrases.setdefault(leaf.terms, bit) == bit
        if isinstance(leaf, TermPrefix):
            return self.prefixes.setdefault(leaf.prefix, bit) == bit
        bits = self.exact if leaf.field in _SURFACE_FIELDS else self.main
        return bits.setdefault(leaf.term, bit) == bit


def _alternatives(tree: Query) -> Iterator[list[Leaf]]:
    """Yield the leaves of each target: those directly under one `BestOf` together, every other alone."""
    if isinstance(tree, Leaf):
        yield [tree]
    elif isinstance(tree, AllOf | AnyOf | BestOf):
        own = [child for child in tree.children if isinstance(child, Leaf)]
        if isinstance(tree, BestOf):
            yield own
        else:
            yield from ([leaf] for leaf in own)
        for child in tree.children:
            if not isinstance(child, Leaf):
                yield from _alternatives(child)


# Terms that a text may write as several words: 17300 ("17 300"), 2021-05-04 ("4 maj 2021"), --05-04.
_LONG_FIGURE = re.compile(r"\d{4,}(?:\.\d+)?|(?:\d{4}|-)-\d\d-\d\d")


def figures_of_spellings(terms: Iterable[str]) -> frozenset[str]:
    """Return figures that every way to write a number or date has: its last three, or the day's last one."""
    return frozenset(
        term[-1:] if "-" in term else term.partition(".")[0][-3:]
        for term in terms
        if _LONG_FIGURE.fullmatch(term)
    )


_BETWEEN_WORDS = r"[\W_]*"
_OTHER_SPACES = "\n\t"
# With more than one occurrence in so many characters, tokenizing the whole text is faster.
_DENSE_CHARS = 60


class Prefilter:
    """Finds words that may have an index term, surface form or prefix of the question."""

    def __init__(self, substrings: Iterable[str]) -> None:
        """`substrings` are strings of surface forms; a word that contains none of them is no candidate."""
        self._substrings = _minimal(string for string in substrings if string and string.split() == [string])

    def candidates(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Yield the candidates in order, each as written, with its start and end.

        In a text whose surface forms have other positions, all words are candidates.
        """
        lowered = folded(text)
        if lowered is None:
            yield from words(text)
            return
        positions = _positions(lowered, self._substrings)
        is_dense = len(positions) * _DENSE_CHARS > len(lowered)
        for first, last in [(0, len(lowered))] if is_dense else _unspaced_runs(lowered, positions):
            for word, start, end in words(text, first, last):
                index = bisect_left(positions, start)
                if index < len(positions) and positions[index] < end:
                    yield word, start, end


def _minimal(strings: Iterable[str]) -> tuple[str, ...]:
    """Return the strings that contain none of the others: every occurrence of another contains one of
    them.
    """
    minimal: list[str] = []
    for string in sorted(set(strings), key=lambda string: (len(string), string)):
        if not any(shorter in string for shorter in minimal):
            minimal.append(string)
    return tuple(minimal)


def _positions(text: str, strings: Sequence[str]) -> list[int]:
    """Return where any of the strings occurs, in order."""
    positions = []
    for string in strings:
        at = text.find(string)
        while at >= 0:
            positions.append(at)
            at = text.find(string, at + 1)
    return sorted(positions)


def _unspaced_runs(text: str, positions: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield, in order, the runs of characters without white space around the positions."""
    end = -1
    for at in positions:
        if at >= end:
            start = text.rfind(" ", 0, at) + 1
            end = text.find(" ", at)
            end = len(text) if end < 0 else end
            for space in _OTHER_SPACES:
                start = max(start, text.rfind(space, start, at) + 1)
                ended = text.find(space, at, end)
                end = end if ended < 0 else ended
            yield start, end


def phrase_runs(text: str, phrase: tuple[str, ...]) -> Iterator[list[tuple[str, int, int]]]:
    """Yield the words of a phrase, each with its start and end, for each time that it occurs."""
    for first, last in _phrase_ranges(text, phrase):
        places = list(words(text, first, last))
        forms = [surface(word) for word, _, _ in places]
        for at in _places(forms, phrase):
            yield places[at : at + len(phrase)]


def _phrase_ranges(text: str, phrase: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Yield, in order, the ranges of a text in which a phrase may stand: each between white space.

    The whole text where its surface forms have other positions, or are too long to be whole.
    """
    lowered = folded(text)
    if lowered is None or max(map(len, phrase)) >= WORD_MAX_CHARS:
        yield 0, len(text)
        return
    start = end = -1
    for match in _phrase_pattern(phrase).finditer(lowered):
        runs = list(_unspaced_runs(lowered, (match.start(), match.end(1) - 1)))
        first, last = runs[0][0], runs[-1][1]
        if first <= end:
            end = max(end, last)
        else:
            if end >= 0:
                yield start, end
            start, end = first, last
    if end >= 0:
        yield start, end


@lru_cache(maxsize=100)
def _phrase_pattern(phrase: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds all places of the forms in a row, which overlap, with no other word between them."""
    return re.compile(f"(?=({_BETWEEN_WORDS.join(map(re.escape, phrase))}))")


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
