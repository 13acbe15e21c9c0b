"""What is kept of a slide, packed: its words and pairs of words, and its picture in bits.

Of a slide with very many of them those with the least hashes are kept (a bottom-k sketch: E. Cohen and
H. Kaplan, 2007): of two slides all below the lower of both bounds is compared, as if there were no more.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from struct import Struct
from typing import Final

import numpy as np
from numpy.typing import NDArray

from archive.catalogue.reuse.signatures import Signature
from archive.reuse.shades import STEPS_BYTES
from archive.reuse.words import HASH_BITS

SCHEME: Final = 2
"""To be increased whenever other signatures are made: all are then made anew."""

_HEADER: Final = Struct("<BBIH")  # scheme, whether it is a first slide, bound, how many hashes
_HASHES_MAX: Final = 256
_UNBOUNDED: Final = 1 << HASH_BITS


@dataclass(frozen=True, slots=True)
class Sketches:
    """The sketches of several slides, all hashes of all in one row, each slide's ascending.

    `owner` says whose each hash is, `is_word` which are words; the others are pairs. `steps` are the bits of
    each picture, all 0 where there is none (`has_picture`).
    """

    owner: NDArray[np.int64]
    hashes: NDArray[np.uint32]
    is_word: NDArray[np.bool_]
    bounds: NDArray[np.int64]
    is_first: NDArray[np.bool_]
    word_counts: NDArray[np.int64]
    steps: NDArray[np.bool_]
    has_picture: NDArray[np.bool_]

    def __len__(self) -> int:
        """Return how many slides there are."""
        return len(self.bounds)


def packed(
    words: Collection[int], pairs: Collection[int], steps: NDArray[np.bool_] | None, is_first: bool
) -> bytes:
    """Return the sketch of a slide.

    Args:
        words: the hashes of its words.
        pairs: those of pairs of neighbouring words.
        steps: the bits of its picture, None where there is none.
        is_first: whether it is the first slide of its deck.
    """
    every = sorted({word << 1 | 1 for word in words} | {pair << 1 for pair in pairs if pair not in words})
    kept = every[:_HASHES_MAX]
    bound = _UNBOUNDED if len(kept) == len(every) else kept[-1] >> 1
    header = _HEADER.pack(SCHEME, is_first, bound, len(kept))
    bits = b"" if steps is None else np.packbits(steps).tobytes()
    return header + np.array(kept, "<u4").tobytes() + bits


def is_current(signature: Signature) -> bool:
    """Return whether a signature is of this scheme; others are made anew, and not read until then."""
    sketch = signature.sketch
    if len(sketch) < _HEADER.size or sketch[0] != SCHEME:
        return False
    rest = len(sketch) - _HEADER.size - 4 * _HEADER.unpack_from(sketch)[3]
    return rest in (0, STEPS_BYTES)


def read(signatures: Sequence[Signature]) -> Sketches:
    """Return the sketches of signatures of this scheme."""
    heads = [_HEADER.unpack_from(one.sketch) for one in signatures]
    counts = np.array([head[3] for head in heads], np.int64)
    ends = [_HEADER.size + 4 * head[3] for head in heads]
    pairs = list(zip(signatures, ends, strict=True))
    row: NDArray[np.uint32] = np.frombuffer(
        b"".join([one.sketch[_HEADER.size : end] for one, end in pairs]), "<u4"
    )
    pictures = [one.sketch[end:] for one, end in pairs]
    blank = bytes(STEPS_BYTES)
    bits = np.frombuffer(b"".join([one or blank for one in pictures]), np.uint8)
    return Sketches(
        owner=np.repeat(np.arange(len(heads)), counts),
        hashes=np.right_shift(row, np.uint32(1)),
        is_word=(row & 1) > 0,
        bounds=np.array([head[2] for head in heads], np.int64),
        is_first=np.array([head[1] for head in heads], np.bool_),
        word_counts=np.array([one.word_count for one in signatures], np.int64),
        steps=np.unpackbits(bits.reshape(-1, STEPS_BYTES), axis=1).astype(np.bool_),
        has_picture=np.array([bool(one) for one in pictures], np.bool_),
    )
