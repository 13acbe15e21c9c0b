"""Splits Swedish compounds: logistic weights on what the lexicon says of each boundary, the best one
taken, then both parts split again.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from importlib import resources
from operator import mul

from archive.analysis.compounds.features import NAMES, Sides, WordFeatures
from archive.analysis.lexicon.lexicon import Lexicon
from archive.analysis.lexicon.linking import left_bases, never_part
from archive.analysis.normalize import fold_accents
from archive.analysis.stemmer import stem_fully

VERSION = 2
"""Counted up whenever this code gives other parts: indexes made with another version are rebuilt."""

Weights = Mapping[str, Mapping[str, float]]
"""For words that the lexicon knows as a whole, and for others: the weight of each figure, and "bias"."""

KNOWN, UNKNOWN = "known", "unknown"
WORD_MIN_CHARS = 5
_LOGIT_MIN = 0.0
"""A word parts where the weights say that this is as likely as not (a chance of 0.5)."""
_DEPTH_MAX = 5
_UNKNOWN_LEFT_MIN_CHARS = 6
_UNKNOWN_WORD_MIN_CHARS = 11


class Splitter:
    """Finds the parts of compounds. One object may be used by several threads."""

    def __init__(
        self,
        lexicon: Lexicon,
        exceptions: Mapping[str, Sequence[str]] | None = None,
        weights: Weights | None = None,
    ) -> None:
        """`exceptions` are words with their parts, which stand for all their inflected forms."""
        self._lexicon = lexicon
        self._sides = Sides(lexicon)
        self._exceptions = {
            key: tuple(parts)
            for word, parts in (exceptions or {}).items()
            for key in (stem_fully(word, "sv"), word)
        }
        self._weights = {
            kind: (named["bias"], tuple(named[name] for name in NAMES))
            for kind, named in (weights or read_weights(lexicon)).items()
        }
        self._split = lru_cache(maxsize=1 << 16)(self._split_uncached)

    @property
    def fingerprint(self) -> str:
        """Return what identifies this splitter's results on a given lexicon."""
        basis = json.dumps([self._weights, sorted(self._exceptions.items())])
        return f"{VERSION}-{hashlib.sha256(basis.encode()).hexdigest()[:12]}"

    def split(self, word: str) -> tuple[str, ...]:
        """Return the parts of a word as they are written in it; the word alone where it is none.

        `word` is in lowercase without foreign accents. Joined, the parts are the word.
        """
        return self._split(word, 0)

    def halves(self, word: str) -> tuple[str, str]:
        """Return a compound's two immediate parts (`miljö`, `domstolarna`), else the word and ""."""
        parts = self.split(word)
        if len(parts) == 2 or self._given(word):
            return parts[0], "".join(parts[1:])
        at = self._boundary(word, 0) if len(parts) > 1 else 0
        return (word[:at], word[at:]) if at else (word, "")

    def _split_uncached(self, word: str, depth: int) -> tuple[str, ...]:
        if given := self._given(word):
            return given
        if len(word) < WORD_MIN_CHARS:
            return (word,)
        at = self._boundary(word, depth)
        if not at:
            return (word,)
        if depth >= _DEPTH_MAX:
            return word[:at], word[at:]
        return *self._split_left(word[:at], depth), *self._split(word[at:], depth + 1)

    def _given(self, word: str) -> tuple[str, ...]:
        """Return the parts that are given for a word or for another form of it, () where none are."""
        parts = self._exceptions.get(word) or self._exceptions.get(stem_fully(word, "sv"), ())
        left = "".join(parts[:-1])
        return (*parts[:-1], word[len(left) :]) if parts and word.startswith(left) else ()

    def _boundary(self, word: str, depth: int) -> int:
        """Return the best boundary (characters from the start), 0 where the word is none."""
        features = WordFeatures(self._sides, word)
        bias, weights = self._weights[KNOWN if features.lemmas else UNKNOWN]
        best, found = _LOGIT_MIN, 0
        for at in range(2, len(word) - 1):
            figures = features.at(at)
            if figures is not None:
                score = bias + sum(map(mul, weights, figures))
                if score >= best:
                    best, found = score, at
        if not found and not features.lemmas and len(word) >= _UNKNOWN_WORD_MIN_CHARS:
            return self._boundary_after_compound(word, depth)
        return found

    def _boundary_after_compound(self, word: str, depth: int) -> int:
        """Return where an unknown compound is followed by a frequent last part; 0 where none is."""
        lexicon, best, found = self._lexicon, 1.0, 0
        for at in range(_UNKNOWN_LEFT_MIN_CHARS, len(word) - 2):
            left, head = word[:at], word[at:]
            heads = lexicon.lemmas(head)
            if not heads or never_part(left, head) or self._sides.lemmas(left):
                continue
            count = max(map(lexicon.head_count, heads))
            if count > best and len(self._split(left.removesuffix("s"), depth + 1)) > 1:
                best, found = count, at
        return found

    def _split_left(self, left: str, depth: int) -> tuple[str, ...]:
        """Return the parts of a first part: those of a lemma that it may come from."""
        lexicon = self._lexicon
        bases = [base for base, _ in left_bases(left, lexicon.is_lemma, lexicon.lemma)]
        for base in bases or (left, left[:-1]):
            *first, _ = self._split(base, depth + 1)
            chars = sum(map(len, first))
            if first and base[:chars] == left[:chars] and len(left) - chars >= 2:
                return *first, left[chars:]
        return (left,)


def read_weights(lexicon: Lexicon) -> Weights:
    """Return the weights that were learnt for such a lexicon: with the Hunspell dictionary or without."""
    text = resources.files("archive.analysis.compounds").joinpath("weights.json").read_text("utf-8")
    kind = "with_hunspell" if "hunspell-sv" in lexicon.sources else "without_hunspell"
    weights: Weights = json.loads(text)[kind]
    return weights


def read_exceptions(own_terms: Iterable[str] = ()) -> dict[str, tuple[str, ...]]:
    """Return words with their parts: those of `exceptions.txt`, then `own_terms`, which win.

    A term is written with `|` between its parts (`region|utvecklings|ansvar`), without where it is to stay
    whole.
    """
    text = resources.files("archive.analysis.compounds").joinpath("exceptions.txt").read_text("utf-8")
    listed = (line.strip() for line in text.splitlines() if not line.startswith("#"))
    found: dict[str, tuple[str, ...]] = {}
    for term in (*listed, *own_terms):
        parts = tuple(part for part in fold_accents(term.lower()).split("|") if part)
        if parts:
            found["".join(parts)] = parts
    return found
