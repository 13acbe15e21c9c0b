"""The features of a boundary inside a word, from what the lexicon knows of both sides of it."""

from functools import lru_cache
from typing import NamedTuple

from archive.analysis.lexicon.lexicon import Lexicon
from archive.analysis.lexicon.linking import (
    COMBINING,
    LINK_CHANGED,
    LINK_LOST,
    LINK_S,
    NEVER_HEADS,
    NO_LINK,
    RINGS,
    SURNAME_ENDS,
    left_bases,
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
"""The features in the order of their weights."""

_CHARS_MAX = 12
_SHORT_CHARS = 3
_SURNAME_MAX_CHARS = 6
_CACHE_PARTS = 1 << 15
_NAME_MIN_CHARS = 4
_NAME_MIN_ZIPF = 2.5


class LeftSide(NamedTuple):
    """What the lexicon knows of a first part as written (`närings`)."""

    log_count: float
    """log(1 + the number of compounds that begin with it)."""
    zipf: float
    link: int
    may_begin: bool
    has_base: bool


class HeadSide(NamedTuple):
    """What the lexicon knows of a last part as written (`näringen`)."""

    log_count: float
    """log(1 + the number of compounds that end with its lemma)."""
    zipf: float
    may_end: bool


class Sides:
    """Looks up parts in a lexicon, and caches the results, for parts recur. Thread-safe."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        # Caches of the instance; each is a function from a part to its side, None where it can be none.
        self.left = lru_cache(maxsize=_CACHE_PARTS)(self._left)
        self.head = lru_cache(maxsize=_CACHE_PARTS)(self._head)

    def _left(self, left: str) -> LeftSide | None:
        """Return what is known of a first part."""
        lexicon = self.lexicon
        bases = list(left_bases(left, lexicon.is_lemma, lexicon.lemma))
        may_begin, count = lexicon.may_begin(left) or left in COMBINING, lexicon.left_count(left)
        if not bases and not may_begin and not count and not self._is_seen(left):
            return None
        base, link = max(
            bases, key=lambda base: (lexicon.frequency(base[0]), -base[1]), default=(left, NO_LINK)
        )
        zipf = max(lexicon.frequency(base), lexicon.frequency(left) if link == NO_LINK else 0.0)
        return LeftSide(count, zipf, link, may_begin, bool(bases))

    def _head(self, head: str) -> HeadSide | None:
        """Return what is known of a last part, by that of its lemmas with which most compounds end."""
        lexicon = self.lexicon
        may_end = lexicon.may_end(head)
        lemmas = self.lemmas(head) or ((head,) if may_end else ())
        allowed = (lemma for lemma in lemmas if lemma not in NEVER_HEADS)
        lemma = max(allowed, key=lexicon.head_count, default="")
        if not lemma:
            return None
        zipf = max(lexicon.frequency(lemma), lexicon.frequency(head))
        return HeadSide(lexicon.head_count(lemma), zipf, may_end)

    def lemmas(self, form: str) -> tuple[str, ...]:
        """Return the lemmas of a form, or of the form without its genitive s; () where neither is known."""
        lemmas = self.lexicon.lemmas(form)
        return self.lexicon.lemmas(form[:-1]) if not lemmas and form.endswith("s") else lemmas

    def _is_seen(self, left: str) -> bool:
        """Return whether a word that no dictionary lists, mostly a name, is common in texts."""
        return len(left) >= _NAME_MIN_CHARS and self.lexicon.frequency(left) >= _NAME_MIN_ZIPF


class WordFeatures:
    """Computes the features of the boundaries of one word."""

    def __init__(self, sides: Sides, word: str) -> None:
        lexicon = sides.lexicon
        self._sides = sides
        self._word = word
        self.lemmas = sides.lemmas(word)
        self._boundaries = [(lemma, lexicon.boundaries(lemma)) for lemma in self.lemmas]
        self._zipf = max(map(lexicon.frequency, (word, *self.lemmas)))
        self._is_name = float(any(map(lexicon.is_name, (word, *self.lemmas))))

    def at(self, at: int) -> tuple[float, ...] | None:
        """Return the features of the boundary `at` characters from the start, None where no boundary can
        be.
        """
        left, head = self._word[:at], self._word[at:]
        last = self._sides.head(head)  # first, as most boundaries fail here
        if last is None or never_part(left, head) or self._is_verbal_noun(left, head):
            return None
        if self._is_surname(left, head):
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

    def _is_verbal_noun(self, left: str, head: str) -> bool:
        """Return whether the word is made of a verb in -ra: `lagring` of `lagra`, no ring for a team."""
        return head in RINGS and self._sides.lexicon.is_lemma(f"{left}ra")

    def _is_surname(self, left: str, head: str) -> bool:
        """Return whether a word that no dictionary lists is composed like a surname."""
        return not self.lemmas and len(left) <= _SURNAME_MAX_CHARS and head.removesuffix("s") in SURNAME_ENDS

    def _agreement(self, left: str, at: int) -> tuple[float, float]:
        """Return the share of inflected forms that agree with the last part, and whether it is a
        candidate.
        """
        consistency = candidate = 0.0
        for lemma, boundaries in self._boundaries:
            if lemma.startswith(left) and at in boundaries:
                share, kept = boundaries[at]
                consistency, candidate = max(consistency, share), max(candidate, float(kept))
        return consistency, candidate
