"""Finds the likeliest word for a misspelt one, among the words that an index holds."""

from collections.abc import Iterable
from math import log10

import marisa_trie

from archive.text.lexicon.lexicon import Lexicon
from archive.text.spelling.slips import DOTS_COST, meant

WORD_MIN_CHARS = 4
WORD_MAX_CHARS = 40
_COMMONNESS_WEIGHT = 0.3
_LEXICON_WEIGHT = 0.03
_UNKNOWN_COST = 0.1
_SECOND_SLIPS_MAX = 40
_FOLDED = str.maketrans("åäöé", "aaoe")


class Speller:
    """The words of one vocabulary, with how common each is. Safe to use from several threads."""

    def __init__(self, words: Iterable[tuple[str, int]], lexicon: Lexicon) -> None:
        """Keep the words of at least three letters. `words` are surface forms with their frequencies."""
        kept = [(word, count) for word, count in words if len(word) >= 3 and word.isalpha()]
        self._lexicon = lexicon
        self._counts = marisa_trie.RecordTrie("<I", ((word, (count,)) for word, count in kept))
        folded = ((word.translate(_FOLDED), word.encode()) for word, _ in kept if not word.isascii())
        self._dotted = marisa_trie.BytesTrie(folded)

    def correct(self, word: str) -> str:
        """Return the likeliest word that a typed surface form was meant to be; "" where none is likelier.

        A word that is there already is taken for right. Words with digits are left alone.
        """
        if not (WORD_MIN_CHARS <= len(word) <= WORD_MAX_CHARS and word.isalpha()) or word in self._counts:
            return ""
        found = self._candidates(word)
        if not found:
            found = self._parts_corrected(word) or self._two_slips(word)
        return max(found, key=lambda one: (self._worth(one) - found[one], one), default="")

    def _candidates(self, word: str) -> dict[str, float]:
        """Return the words one slip away, and those that lost their dots, each with its least cost."""
        counts = self._counts
        found: dict[str, float] = {}
        for other, cost in meant(word):
            if other in counts and cost < found.get(other, 9.0):
                found[other] = cost
        for raw in self._dotted.get(word.translate(_FOLDED), ()):
            found[raw.decode()] = DOTS_COST
        return found

    def _parts_corrected(self, word: str) -> dict[str, float]:
        """Return compounds of a known first part and a corrected last one, or the reverse.

        They need not stand in the index as a whole: their parts are searched for, too.
        """
        found: dict[str, float] = {}
        for at in range(WORD_MIN_CHARS, len(word) - WORD_MIN_CHARS + 1):
            left, right = word[:at], word[at:]
            if self._may_begin(left) and right not in self._counts:
                found |= {left + one: cost + 0.5 for one, cost in self._candidates(right).items()}
            elif right in self._counts and self._lexicon.is_known(right):
                corrected = self._candidates(left)
                found |= {one + right: cost + 0.5 for one, cost in corrected.items() if self._may_begin(one)}
        return found

    def _may_begin(self, left: str) -> bool:
        return self._lexicon.may_begin(left) or self._lexicon.left_count(left) > 0

    def _two_slips(self, word: str) -> dict[str, float]:
        """Return words two cheap slips away; the likeliest first slips are tried."""
        firsts = sorted({(cost, one) for one, cost in meant(word)})[:_SECOND_SLIPS_MAX]
        found: dict[str, float] = {}
        for first_cost, first in firsts:
            for one, cost in self._candidates(first).items():
                found[one] = min(found.get(one, 9.0), first_cost + cost)
        return found

    def _worth(self, word: str) -> float:
        """Return how likely a word is in itself: by the index, and by Swedish as a whole."""
        count = self._counts[word][0][0] if word in self._counts else 1
        known = self._lexicon.frequency(word)
        return (
            _COMMONNESS_WEIGHT * log10(1 + count) + _LEXICON_WEIGHT * known - (0 if known else _UNKNOWN_COST)
        )
