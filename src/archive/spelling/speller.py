"""Corrects mistyped words by the words of the archive, compounds also part by part."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from archive.analysis.compounds.splitter import Splitter
from archive.analysis.lexicon.lexicon import Lexicon
from archive.spelling.edit_costs import DISTANCE_MAX, distance
from archive.spelling.symspell import SymSpellIndex

MAX_WORDS: Final = 500_000
"""Of more words the rarest are left out; each takes about 300 bytes."""

_WORD_MIN_CHARS = 3
_WORD_MAX_CHARS = 40
# The weight of frequency: ten times the pages count as a fifth of an edit. Learned on one half of the
# development data, equally good on the other (docs/swedish.md, "Help").
_COMMONNESS = 0.08
# With a word as near as this among those one edit away, those two edits away are not tried.
_NEAR_ENOUGH = 0.8
# Short words have so many near words that only small mistakes can be corrected.
_SHORT_MAX_CHARS = 4
_SHORT_DISTANCE_MAX = 1.0
_PART_MIN_CHARS = 4
_PART_DISTANCE_MAX = 1.0
_LINKS = ("", "s")
# A word on so few pages, in no dictionary and near one so many times commoner, is a typo in the archive
# itself.
_RARE_PAGES_MAX = 2
_TIMES_COMMONER_MIN = 20
_TYPO_DISTANCE_MAX = 1.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that may be meant: its distance from the typed one, and on how many pages it occurs.

    A compound whose parts occur, but not the compound itself, has 0 pages.
    """

    word: str
    distance: float
    pages: int

    @property
    def score(self) -> float:
        """Return the rank, the lowest first: the distance, less for words on many pages."""
        return self.distance - _COMMONNESS * math.log1p(self.pages)


class Speller:
    """The words of one archive that one kind of visitor may see. Immutable and thread-safe."""

    def __init__(
        self, counts: Iterable[tuple[str, int]], lexicon: Lexicon, splitter: Splitter | None = None
    ) -> None:
        """Index the words.

        Args:
            counts: Words in surface form with the number of their pages; a word may occur more than once.
            lexicon: Knows the words of dictionaries.
            splitter: Knows an archive's own terms; by default only the lexicon is used.
        """
        most: dict[str, int] = {}
        for word, count in counts:
            if _WORD_MIN_CHARS <= len(word) <= _WORD_MAX_CHARS and word.isalpha():
                most[word] = max(count, most.get(word, 0))
        self._words = sorted(most, key=lambda word: (-most[word], word))[:MAX_WORDS]
        self._pages = {word: most[word] for word in self._words}
        self._index = SymSpellIndex(self._words)
        self._lexicon = lexicon
        self._splitter = splitter or Splitter(lexicon)

    def pages(self, word: str) -> int:
        """Return on how many pages a word in surface form occurs; 0 for one that is not indexed."""
        return self._pages.get(word, 0)

    def candidates(self, word: str, limit: int = 3) -> list[Candidate]:
        """Return the words that a mistyped one may mean, the likeliest first.

        Where none is near, compounds with one corrected part.

        Args:
            word: What was typed, in surface form.
            limit: The most candidates.

        Returns:
            The candidates; none for what is not a word of 3 to 40 letters.
        """
        if not _WORD_MIN_CHARS <= len(word) <= _WORD_MAX_CHARS or not word.isalpha():
            return []
        ranked = sorted(self._near(word), key=lambda near: near.score)
        if not ranked or ranked[0].distance > _PART_DISTANCE_MAX:
            compounds = sorted(set(self._compounds(word)), key=lambda whole: (whole.score, whole.word))
            ranked = sorted([*ranked, *compounds[:limit]], key=lambda near: near.distance)
        return ranked[:limit]

    def correct(self, word: str) -> str:
        """Return the word that a typed one (in surface form) most likely means; "" where there is none.

        A word of the archive is correct, unless it looks like a typo in the archive itself.
        """
        pages = self.pages(word)
        if pages > _RARE_PAGES_MAX or (pages and self._is_in_a_dictionary(word)):
            return ""
        best = next(iter(self.candidates(word, 1)), None)
        if best is None:
            return ""
        is_commoner = best.pages >= pages * _TIMES_COMMONER_MIN and best.distance <= _TYPO_DISTANCE_MAX
        return best.word if not pages or is_commoner else ""

    def _is_in_a_dictionary(self, word: str) -> bool:
        return self._lexicon.is_known(word) or self._lexicon.is_known(word, "en")

    def _near(self, word: str) -> Iterator[Candidate]:
        most = _SHORT_DISTANCE_MAX if len(word) <= _SHORT_MAX_CHARS else DISTANCE_MAX
        nearest = DISTANCE_MAX
        for numbers in self._index.near(word):
            if nearest <= _NEAR_ENOUGH:
                return
            for number in numbers:
                meant = self._words[number]
                edits = distance(word, meant)
                if edits <= most and meant != word:
                    nearest = min(nearest, edits)
                    yield Candidate(meant, edits, self._pages[meant])

    def _compounds(self, word: str) -> Iterator[Candidate]:
        """Yield compounds of two parts of which one is correct and the other can be corrected."""
        for at in range(_PART_MIN_CHARS, len(word) - _PART_MIN_CHARS + 1):
            left, right = word[:at], word[at:]
            if self.pages(left) or self._begins(left):
                yield from self._with_corrected(right, left, "")
            if self.pages(right):
                for link in _LINKS:
                    if left.endswith(link):
                        yield from self._with_corrected(left.removesuffix(link), "", link + right)

    def _with_corrected(self, part: str, before: str, after: str) -> Iterator[Candidate]:
        """Yield compounds in which the part between `before` and `after` is corrected."""
        if len(part) < _PART_MIN_CHARS or self.pages(part):
            return
        for near in sorted(self._near(part), key=lambda near: near.score)[:2]:
            whole = before + near.word + after
            if near.distance <= _PART_DISTANCE_MAX and len(self._splitter.split(whole)) > 1:
                yield Candidate(whole, near.distance, self.pages(whole))

    def _begins(self, left: str) -> bool:
        """Return whether compounds begin with the form (`närings`)."""
        return self._lexicon.may_begin(left) or self._lexicon.left_count(left) > 0
