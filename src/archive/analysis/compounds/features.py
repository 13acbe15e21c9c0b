"""What tells that a word is put together at a boundary: the figures that the splitter's weights are for."""

from archive.analysis.compounds.sides import Sides
from archive.analysis.lexicon.linking import (
    LINK_CHANGED,
    LINK_LOST,
    LINK_S,
    NO_LINK,
    SURNAME_ENDS,
    never_part,
)

NAMES = (
    "left_count",
    "head_count",
    "consistency",
    "word_zipf",
    "left_zipf",
    "head_zipf",
    "parts_above_word",
    "left_chars",
    "head_chars",
    "link_s",
    "link_changed",
    "no_link",
    "may_begin",
    "may_end",
    "name",
    "left_known",
    "head_short",
    "left_short",
    "candidate",
)
"""The figures in the order of their weights."""

_CHARS_MAX = 12
_SHORT_CHARS = 3
_SURNAME_MAX_CHARS = 6


class WordFeatures:
    """The boundaries of one word that come into question, with their figures."""

    def __init__(self, sides: Sides, word: str) -> None:
        lexicon = sides.lexicon
        self._sides = sides
        self._word = word
        self.lemmas = sides.lemmas(word)
        self._boundaries = [(lemma, lexicon.boundaries(lemma)) for lemma in self.lemmas]
        self._zipf = max(map(lexicon.frequency, (word, *self.lemmas)))
        self._is_name = float(any(map(lexicon.is_name, (word, *self.lemmas))))

    def at(self, at: int) -> tuple[float, ...] | None:
        """Return the figures of the boundary `at` characters from the start, None where there can be none."""
        left, head = self._word[:at], self._word[at:]
        last = self._sides.head(head)  # what most boundaries fail on comes first
        if last is None or never_part(left, head) or self._is_surname(left, head):
            return None
        first = self._sides.left(left)
        if first is None:
            return None
        consistency, candidate = self._agreement(left, at)
        return (
            first.log_count,
            last.log_count,
            consistency,
            self._zipf,
            first.zipf,
            last.zipf,
            min(first.zipf, last.zipf) - self._zipf,
            min(len(left), _CHARS_MAX),
            min(len(head), _CHARS_MAX),
            first.link == LINK_S,
            first.link in (LINK_LOST, LINK_CHANGED),
            first.link == NO_LINK,
            first.may_begin,
            last.may_end,
            self._is_name,
            first.has_base,
            len(head) <= _SHORT_CHARS,
            len(left) <= _SHORT_CHARS,
            candidate,
        )

    def _is_surname(self, left: str, head: str) -> bool:
        """Return whether a word that no dictionary knows is put together as surnames are."""
        return not self.lemmas and len(left) <= _SURNAME_MAX_CHARS and head.removesuffix("s") in SURNAME_ENDS

    def _agreement(self, left: str, at: int) -> tuple[float, float]:
        """Return how much of the inflection agrees with the last part, and whether the lexicon says so."""
        consistency = candidate = 0.0
        for lemma, boundaries in self._boundaries:
            if lemma.startswith(left) and at in boundaries:
                share, kept = boundaries[at]
                consistency, candidate = max(consistency, share), max(candidate, float(kept))
        return consistency, candidate
