"""How alike sets of words are: shingles of slides, and MinHash, a set as 128 numbers.

Shingles are neighbouring words, hashed, whatever file they came in. A PDF breaks lines and orders boxes
otherwise than the deck it was made of, so neither counts; notes, alternative texts, headers and footers are
left out, since a PDF has none or has them on every page.

MinHash estimates the share that two sets have in common: A. Broder, "On the resemblance and containment of
documents" (1997), with a multiply-shift hash function for each number (M. Dietzfelbinger et al., 1997). The
library datasketch does the same and is set beside it by `bench.near_duplicates`; loading it takes 2 s and
80 MB of memory, since it loads scipy.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from archive.catalogue.reuse.duplicates import Sketch
from archive.model.pages import BlockField, Page

SCHEME = 1
"""To be increased whenever `shingles` or this module makes other sketches: they are then made anew."""

_COUNT = 128
_EQUAL_MIN = 3
_SEED = 20_261_128
_SHINGLES_AT_ONCE = 256  # whose hashes fit into a processor's own memory
_BITS_LEFT = np.uint64(32)
_random = np.random.default_rng(_SEED)
_FACTORS = _random.integers(1, 2**63, _COUNT, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
_TERMS = _random.integers(0, 2**63, _COUNT, dtype=np.uint64)

_OWN_FIELDS = frozenset(
    {
        BlockField.TITLE,
        BlockField.BODY,
        BlockField.BOX,
        BlockField.GROUP,
        BlockField.TABLE,
        BlockField.DIAGRAM,
        BlockField.EQUATION,
    }
)
_SEEN_FIELDS = frozenset({BlockField.OCR})
_WORD = re.compile(r"[^\W_]+")
_FACTOR = np.uint64(0x9E37_79B9_7F4A_7C15)  # odd, so that the order of the two words counts
WORDS_MIN = 4
"""Slides with fewer words ("Tack!", "Frågor?") are on too many decks to tell them apart."""


def sketch_of(shingles: Collection[int]) -> Sketch:
    """Return the sketch of a set of 64-bit hashes."""
    values = np.fromiter(shingles, np.uint64, len(shingles))
    minima = np.full(_COUNT, np.iinfo(np.uint32).max, np.uint32)
    for start in range(0, len(values), _SHINGLES_AT_ONCE):
        some = values[start : start + _SHINGLES_AT_ONCE, np.newaxis]
        hashed = some * _FACTORS
        hashed += _TERMS
        hashed >>= _BITS_LEFT
        minima = np.minimum(minima, hashed.min(axis=0).astype(np.uint32))
    return Sketch(SCHEME, len(values), minima.astype("<u4").tobytes())


def resemblances(sketch: Sketch, others: Sequence[Sketch]) -> NDArray[np.float64]:
    """Return, for each other set, about which share of both sets together is in both (Jaccard's index)."""
    if not others or not sketch.shingle_count:
        return np.zeros(len(others))
    minima = np.frombuffer(b"".join(other.minima for other in others), "<u4").reshape(len(others), -1)
    equal: NDArray[np.float64] = (minima == np.frombuffer(sketch.minima, "<u4")).mean(axis=1)
    return equal


def common_shares(
    sketch: Sketch, others: Sequence[Sketch], likeness: NDArray[np.float64] | None = None
) -> NDArray[np.float64]:
    """Return, for each other set, about which share of the smaller of the two sets is in both.

    0 where fewer than three minima are equal: between a small set and a large one, one alone may be chance.
    `likeness` is what `resemblances` returns for them, where that is known.
    """
    known = resemblances(sketch, others) if likeness is None else likeness
    resemblance = np.where(known * _COUNT < _EQUAL_MIN, 0.0, known)
    counts = np.fromiter((other.shingle_count for other in others), np.float64, len(others))
    common = resemblance / (1 + resemblance) * (counts + sketch.shingle_count)
    smaller = np.minimum(counts, sketch.shingle_count)
    shares = np.divide(common, smaller, out=np.zeros(len(others)), where=smaller > 0)
    bounded: NDArray[np.float64] = np.minimum(shares, 1.0)
    return bounded


def slide_shingles(page: Page) -> frozenset[int]:
    """Return the hashes of the pairs of neighbouring words on a slide, none for one with too few words.

    Words that OCR read count where the file itself has none.
    """
    return text_shingles([(block.field, block.text, "") for block in page.blocks])


def text_shingles(blocks: Sequence[tuple[BlockField, str, str]]) -> frozenset[int]:
    """Return the same of the words of a slide: field, text and language of each block."""
    words = _words(blocks, _OWN_FIELDS)
    if len(words) < WORDS_MIN:
        words = _words(blocks, _SEEN_FIELDS)
    if len(words) < WORDS_MIN:
        return frozenset()
    hashed = np.fromiter(map(_hashed, words), np.uint64, len(words))
    return frozenset((hashed[:-1] * _FACTOR + hashed[1:]).tolist())


def deck_shingles(slides: Iterable[frozenset[int]]) -> frozenset[int]:
    """Return the shingles of all slides of a deck."""
    return frozenset(chain.from_iterable(slides))


def _words(blocks: Sequence[tuple[BlockField, str, str]], fields: frozenset[BlockField]) -> list[str]:
    return [word for field, text, _ in blocks if field in fields for word in _WORD.findall(text.casefold())]


@lru_cache(maxsize=20_000)
def _hashed(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "big")
