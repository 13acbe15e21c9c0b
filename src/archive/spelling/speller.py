"""Mends mistyped words by the words that an archive has, compounds also by their parts."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from archive.analysis.compounds.splitter import Splitter
from archive.analysis.lexicon.lexicon import Lexicon
from archive.spelling.edit_costs import DISTANCE_MAX, distance
from archive.spelling.symspell import SymSpellIndex

MAX_WORDS: Final = 500_000
"""Of more words the rarest are left out: some 300 bytes each."""

_WORD_MIN_CHARS = 3
_WORD_MAX_CHARS = 40
# What a word gains by being common, a tenfold of pages counting as a fifth of an edit: learnt on one half of
# the development data, as good on the other (docs/swedish.md, "Help").
_COMMONNESS = 0.08
# With a word as near as this among those one edit away, those two edits away are not looked at.
_NEAR_ENOUGH = 0.8
# Short words have so many neighbours that only small mistakes can be mended.
_SHORT_MAX_CHARS = 4
_SHORT_DISTANCE_MAX = 1.0
_PART_MIN_CHARS = 4
_PART_DISTANCE_MAX = 1.0
_LINKS = ("", "s")
# A word on so few pages, in no dictionary, beside one so many times commoner, is a slip of the archive's own.
_RARE_PAGES_MAX = 2
_TIMES_COMMONER_MIN = 20
_SLIP_DISTANCE_MAX = 1.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that may be meant: how far from the typed one (0 is the same), on how many pages, 0 for a
    compound that stands on none although its parts do.
    """

    word: str
    distance: float
    pages: int

    @property
    def score(self) -> float:
        """Return how unlikely it is; the lowest is best."""
        return self.distance - _COMMONNESS * math.log1p(self.pages)


class Speller:
    """The words of one archive as one kind of visitor may know them. Immutable, for any number of threads."""

    def __init__(
        self, counts: Iterable[tuple[str, int]], lexicon: Lexicon, splitter: Splitter | None = None
    ) -> None:
        """`counts` are words in surface form with the number of their pages; one may come more than once."""
        most: dict[str, int] = {}
        for word, count in counts:
            if _WORD_MIN_CHARS <= len(word) <= _WORD_MAX_CHARS and word.isalpha():
                most[word] = max(count, most.get(word, 0))
        self._words = sorted(most, key=lambda word: (-most[word], word))[:MAX_WORDS]
        self._pages = {word: most[word] for word in self._words}
        self._neighbours = SymSpellIndex(self._words)
        self._lexicon = lexicon
        self._splitter = splitter or Splitter(lexicon)

    def __len__(self) -> int:
        return len(self._words)

    def pages(self, word: str) -> int:
        """Return on how many pages a word in surface form stands, as far as is known."""
        return self._pages.get(word, 0)

    def candidates(self, word: str, limit: int = 3) -> list[Candidate]:
        """Return words that may be meant by a mistyped one (in surface form), the likeliest first.

        Where none is near, compounds with one mended part; () for what is no word.
        """
        if not _WORD_MIN_CHARS <= len(word) <= _WORD_MAX_CHARS or not word.isalpha():
            return []
        found = sorted(self._near(word), key=lambda one: one.score)
        if not found or found[0].distance > _PART_DISTANCE_MAX:
            compounds = sorted(set(self._compounds(word)), key=lambda one: (one.score, one.word))
            found = sorted([*found, *compounds[:limit]], key=lambda one: one.distance)
        return found[:limit]

    def correct(self, word: str) -> str:
        """Return the likeliest word that a typed one (in surface form) was meant to be; "" where none is.

        A word that is there is right, unless it looks like a slip of the archive's own.
        """
        pages = self.pages(word)
        if pages > _RARE_PAGES_MAX or (pages and self._is_in_a_dictionary(word)):
            return ""
        best = next(iter(self.candidates(word, 1)), None)
        if best is None:
            return ""
        is_commoner = best.pages >= pages * _TIMES_COMMONER_MIN and best.distance <= _SLIP_DISTANCE_MAX
        return best.word if not pages or is_commoner else ""

    def _is_in_a_dictionary(self, word: str) -> bool:
        return self._lexicon.is_known(word) or self._lexicon.is_known(word, "en")

    def _near(self, word: str) -> Iterator[Candidate]:
        most = _SHORT_DISTANCE_MAX if len(word) <= _SHORT_MAX_CHARS else DISTANCE_MAX
        nearest = DISTANCE_MAX
        for numbers in self._neighbours.near(word):
            if nearest <= _NEAR_ENOUGH:
                return
            for number in numbers:
                meant = self._words[number]
                far = distance(word, meant)
                if far <= most and meant != word:
                    nearest = min(nearest, far)
                    yield Candidate(meant, far, self._pages[meant])

    def _compounds(self, word: str) -> Iterator[Candidate]:
        """Yield compounds of two parts of which one is right and the other can be mended."""
        for at in range(_PART_MIN_CHARS, len(word) - _PART_MIN_CHARS + 1):
            left, right = word[:at], word[at:]
            if self.pages(left) or self._begins(left):
                yield from self._mended(right, left, "")
            if self.pages(right):
                for link in _LINKS:
                    if left.endswith(link):
                        yield from self._mended(left.removesuffix(link), "", link + right)

    def _mended(self, part: str, before: str, after: str) -> Iterator[Candidate]:
        """Yield what a compound may be when the part between `before` and `after` is mended."""
        if len(part) < _PART_MIN_CHARS or self.pages(part):
            return
        for one in sorted(self._near(part), key=lambda one: one.score)[:2]:
            whole = before + one.word + after
            if one.distance <= _PART_DISTANCE_MAX and len(self._splitter.split(whole)) > 1:
                yield Candidate(whole, one.distance, self.pages(whole))

    def _begins(self, left: str) -> bool:
        """Return whether compounds begin with a form (`närings`)."""
        return self._lexicon.may_begin(left) or self._lexicon.left_count(left) > 0
