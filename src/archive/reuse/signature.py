"""The signature of a slide: its words, or where there are few of them its picture, as 128 minima (MinHash).

Words and pairs of neighbouring words count once each, wherever they stand, since the order of bullets changes
and a PDF has its boxes in another one; numbers do not count, since they are updated. Pictures count by where
they become lighter and darker, in cells of two sizes: a logo, a crop or other letters change few of these.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from archive.catalogue.pages import PageTexts
from archive.catalogue.reuse.signatures import Signature
from archive.model.pages import GREY_HEIGHT_PX, GREY_WIDTH_PX, BlockField
from archive.review.minhash import sketch_of

SCHEME: Final = 1
"""To be increased whenever this module makes other signatures: they are then made anew."""
WORDS_MIN: Final = 12
"""Slides with fewer words are compared by their pictures."""

_ALIKE_MIN: Final = 0.6
_PICTURE_MIN, _WORDS_SHARE_MIN = 0.4, 0.5
_SAME_WORDS_SHARE_MIN, _SAME_WORDS_PICTURE_MIN = 0.8, 0.25
_KEY_WORDS_MIN: Final = 3

_OWN_FIELDS: Final = frozenset(
    {
        BlockField.TITLE,
        BlockField.BODY,
        BlockField.BOX,
        BlockField.GROUP,
        BlockField.TABLE,
        BlockField.DIAGRAM,
        BlockField.EQUATION,
        BlockField.CHART,
    }
)
_WORD: Final = re.compile(r"[^\W\d_]+")
_MINIMA: Final = 128
_MINIMA_BYTES: Final = 4 * _MINIMA
_PAIR_FACTOR, _MASK = 0x9E37_79B9_7F4A_7C15, 2**64 - 1  # odd, so that the order of the two words counts
_LONG_ROWS, _SHORT_ROWS = 4, 3
_STEP_MIN: Final = 6.0
_CELLS: Final = (2, 3)
_PLAIN_FEATURES_MAX: Final = 8
_FACTOR: Final = np.uint64(0x9E37_79B9_7F4A_7C15)
_SHIFT: Final = np.uint64(29)


def signature_of(page: PageTexts, grey: bytes | None) -> Signature | None:
    """Return the signature of a slide, None for one that says and shows too little to be told from others.

    Args:
        page: its words; notes, comments and the like do not count.
        grey: its picture in grey, None where there is none.
    """
    words = own_words(page)
    distinct = {_hashed(word) for word in words}
    if len(distinct) >= WORDS_MIN:
        pairs = {(first * _PAIR_FACTOR + second) & _MASK for first, second in pairwise(map(_hashed, words))}
        minima = sketch_of(distinct | pairs).minima
        return Signature(len(distinct), minima, _keys(minima, _LONG_ROWS, 1))
    features = _features(grey) if grey else ()
    if len(features) < _PLAIN_FEATURES_MAX:
        return None
    minima = sketch_of(features).minima
    hashes = sorted({word & 0xFFFF_FFFF for word in distinct})
    packed = np.array(hashes, "<u4").tobytes()
    keys = _keys(minima, _SHORT_ROWS, 2)
    if len(hashes) >= _KEY_WORDS_MIN:
        keys += (_signed(blake2b(packed, digest_size=8, salt=b"words").digest()),)
    return Signature(len(hashes), minima + packed, keys)


def alike(one: Signature, others: Sequence[Signature]) -> list[bool]:
    """Return, for each other signature, whether its slide is the same as that of the one."""
    return [share is not None for share in common_shares(one, others)]


def common_shares(one: Signature, others: Sequence[Signature]) -> list[float | None]:
    """Return how much each other slide that is the same has in common with the one; None for all others."""
    if not others:
        return []
    pairs = zip(others, _shares(one, _minima_of(others)).tolist(), strict=True)
    return [share if _is_same(one, other, share) else None for other, share in pairs]


def likeness(ours: Sequence[Signature | None], theirs: Sequence[Signature | None]) -> NDArray[np.float64]:
    """Return how alike each of some slides (rows) is to each of others: 0 where they are not the same."""
    known = [(at, other) for at, other in enumerate(theirs) if other is not None]
    found = np.zeros((len(ours), len(theirs)))
    if not known:
        return found
    columns = [at for at, _ in known]
    others = [other for _, other in known]
    minima = _minima_of(others)
    for row, one in enumerate(ours):
        if one is not None:
            shares = _shares(one, minima)
            for at in np.nonzero(shares >= _SAME_WORDS_PICTURE_MIN)[0]:
                if _is_same(one, others[at], float(shares[at])):
                    found[row, columns[at]] = shares[at]
    return found


def own_words(page: PageTexts) -> list[str]:
    """Return the words of a slide that count, in order; those that OCR read, too, where the file has few."""
    own = _words(text for field, text, _ in page.blocks if field in _OWN_FIELDS)
    if len(set(own)) >= WORDS_MIN:
        return own
    seen = _words(text for field, text, _ in page.blocks if field is BlockField.OCR)
    return [*own, *seen] if len({*own, *seen}) >= WORDS_MIN else own


def _words(texts: Iterable[str]) -> list[str]:
    return [word for text in texts for word in _WORD.findall(text.casefold())]


def _is_same(one: Signature, other: Signature, share: float) -> bool:
    if (one.word_count >= WORDS_MIN) != (other.word_count >= WORDS_MIN):
        return False
    return share >= _ALIKE_MIN if one.word_count >= WORDS_MIN else _is_same_picture(one, other, share)


def _is_same_picture(one: Signature, other: Signature, of_picture: float) -> bool:
    ours, theirs = _word_hashes(one), _word_hashes(other)
    together = len(ours | theirs)
    of_words = len(ours & theirs) / together if together else 1.0
    if of_picture >= _PICTURE_MIN and of_words >= _WORDS_SHARE_MIN:
        return True
    has_same_words = len(ours) >= _KEY_WORDS_MIN and of_words >= _SAME_WORDS_SHARE_MIN
    return has_same_words and of_picture >= _SAME_WORDS_PICTURE_MIN


def _word_hashes(signature: Signature) -> frozenset[int]:
    return frozenset(np.frombuffer(signature.minima[_MINIMA_BYTES:], "<u4").tolist())


def _minima_of(signatures: Sequence[Signature]) -> NDArray[np.uint32]:
    """Return the minima of signatures, a row each."""
    together = b"".join(signature.minima[:_MINIMA_BYTES] for signature in signatures)
    return np.frombuffer(together, "<u4").reshape(len(signatures), _MINIMA)


def _shares(one: Signature, minima: NDArray[np.uint32]) -> NDArray[np.float64]:
    """Return about which share of both sets together one has in common with each other."""
    shares: NDArray[np.float64] = (minima == _minima_of([one])).mean(axis=1)
    return shares


def _keys(minima: bytes, rows: int, kind: int) -> tuple[int, ...]:
    """Return a key for every `rows` minima: two sets have one in common the likelier the more they share."""
    values = np.frombuffer(minima, "<u4").astype(np.uint64)
    bands = len(values) // rows
    hashed = np.arange(bands, dtype=np.uint64) + np.uint64(kind << 16)
    for column in values[: bands * rows].reshape(bands, rows).T:
        hashed = (hashed ^ column) * _FACTOR
        hashed ^= hashed >> _SHIFT
    return tuple(hashed.view(np.int64).tolist())


def _features(grey: bytes) -> frozenset[int]:
    """Return where a picture becomes clearly lighter or darker, to the right and down, as hashes."""
    pixels = np.frombuffer(grey, np.uint8).reshape(GREY_HEIGHT_PX, GREY_WIDTH_PX).astype(np.float64)
    found: list[int] = []
    for size in _CELLS:
        rows, columns = GREY_HEIGHT_PX // size, GREY_WIDTH_PX // size
        cells = pixels.reshape(rows, size, columns, size).mean(axis=(1, 3))
        for axis in (0, 1):
            steps = np.diff(cells, axis=axis)
            for row, column in zip(*np.nonzero(np.abs(steps) > _STEP_MIN), strict=True):
                is_lighter = int(steps[row, column] > 0)
                found.append((((size * 2 + axis) * 32 + int(row)) * 32 + int(column)) * 2 + is_lighter)
    return frozenset(_hashed(str(feature)) for feature in found)


def _signed(digest: bytes) -> int:
    return int.from_bytes(digest, "big", signed=True)


@lru_cache(maxsize=50_000)
def _hashed(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "big")
