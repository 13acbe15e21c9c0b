"""Splits Swedish compounds: a logistic model scores each boundary on what the lexicon knows of both sides,
the best one is taken, and both parts are split again.
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

VERSION = 3
"""To be increased whenever this code gives other parts: indexes made with another version are rebuilt."""

Weights = Mapping[str, Mapping[str, float]]
"""By `KNOWN` (words that the lexicon lists as a whole) and `UNKNOWN`: the weight of each feature, and
"bias"."""

KNOWN, UNKNOWN = "known", "unknown"
WORD_MIN_CHARS = 5
_LOGIT_MIN = 0.0
"""A word is split where the model gives a probability of at least 0.5."""
_DEPTH_MAX = 5
_UNKNOWN_LEFT_MIN_CHARS = 6
_UNKNOWN_WORD_MIN_CHARS = 11


class Splitter:
    """Finds the parts of compounds. Thread-safe."""

    def __init__(
        self,
        lexicon: Lexicon,
        exceptions: Mapping[str, Sequence[str]] | None = None,
        weights: Weights | None = None,
    ) -> None:
        """Make a splitter.

        Args:
            lexicon: The opened lexicon.
            exceptions: Words with their given parts, valid for all their inflected forms.
            weights: A model; by default the one learned for such a lexicon.
        """
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
        """Return the parts of a compound as written, which joined give the word; the word alone for others.

        Args:
            word: A word in lowercase without foreign accents.
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
        """Return the parts that are given for a word or for another form of it; () where none are."""
        parts = self._exceptions.get(word) or self._exceptions.get(stem_fully(word, "sv"), ())
        left = "".join(parts[:-1])
        return (*parts[:-1], word[len(left) :]) if parts and word.startswith(left) else ()

    def _boundary(self, word: str, depth: int) -> int:
        """Return the best boundary, in characters from the start; 0 where the word is not a compound."""
        features = WordFeatures(self._sides, word)
        bias, weights = self._weights[KNOWN if features.lemmas else UNKNOWN]
        best_score, boundary = _LOGIT_MIN, 0
        for at in range(2, len(word) - 1):
            values = features.at(at)
            if values is not None:
                score = bias + sum(map(mul, weights, values))
                if score >= best_score:
                    best_score, boundary = score, at
        if not boundary and not features.lemmas and len(word) >= _UNKNOWN_WORD_MIN_CHARS:
            return self._boundary_after_compound(word, depth)
        return boundary

    def _boundary_after_compound(self, word: str, depth: int) -> int:
        """Return where an unknown compound is followed by a frequent last part; 0 where none is."""
        lexicon, best_count, boundary = self._lexicon, 1.0, 0
        for at in range(_UNKNOWN_LEFT_MIN_CHARS, len(word) - 2):
            left, head = word[:at], word[at:]
            heads = lexicon.lemmas(head)
            if not heads or never_part(left, head) or self._sides.lemmas(left):
                continue
            count = max(map(lexicon.head_count, heads))
            if count > best_count and len(self._split(left.removesuffix("s"), depth + 1)) > 1:
                best_count, boundary = count, at
        return boundary

    def _split_left(self, left: str, depth: int) -> tuple[str, ...]:
        """Return the parts of a first part: those of a lemma that it may derive from."""
        lexicon = self._lexicon
        bases = [base for base, _ in left_bases(left, lexicon.is_lemma, lexicon.lemma)]
        for base in bases or (left, left[:-1]):
            *first, _ = self._split(base, depth + 1)
            chars = sum(map(len, first))
            if first and base[:chars] == left[:chars] and len(left) - chars >= 2:
                return *first, left[chars:]
        return (left,)


def read_weights(lexicon: Lexicon) -> Weights:
    """Return the weights learned for such a lexicon: with the Hunspell dictionary or without."""
    text = resources.files("archive.analysis.compounds").joinpath("weights.json").read_text("utf-8")
    kind = "with_hunspell" if "hunspell-sv" in lexicon.sources else "without_hunspell"
    weights: Weights = json.loads(text)[kind]
    return weights


def read_exceptions(own_terms: Iterable[str] = ()) -> dict[str, tuple[str, ...]]:
    """Return words with their given parts: those of `exceptions.txt`, which the splitter gets wrong, and own
    terms.

    Args:
        own_terms: An archive's own terms, with `|` between their parts (`region|utvecklings|ansvar`), without
            for a word that is not to be split. They override `exceptions.txt`.
    """
    text = resources.files("archive.analysis.compounds").joinpath("exceptions.txt").read_text("utf-8")
    listed = (line.strip() for line in text.splitlines() if not line.startswith("#"))
    exceptions: dict[str, tuple[str, ...]] = {}
    for term in (*listed, *own_terms):
        parts = tuple(part for part in fold_accents(term.lower()).split("|") if part)
        if parts:
            exceptions["".join(parts)] = parts
    return exceptions
