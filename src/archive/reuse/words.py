"""What a slide says, as numbers that can be compared: its words and the pairs of neighbouring words.

They count once each, wherever they stand, since the order of bullets changes and a PDF has its boxes in
another one. Figures do not count, since they are updated.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import pairwise
from typing import Final

from archive.catalogue.pages import PageTexts
from archive.model.pages import BlockField

WORDS_MIN: Final = 12
"""Slides with fewer words are compared by their pictures."""
HASH_BITS: Final = 31
"""So many bits a word has: one is left to tell words from pairs."""

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
_MASK: Final = (1 << HASH_BITS) - 1
_PAIR_FACTOR: Final = 0x1E37_79B1  # odd, so that the order of the two words counts


def own_words(page: PageTexts) -> list[str]:
    """Return the words of a slide that count, in order; those that OCR read, too, where the file has few."""
    own = _words(text for field, text, _ in page.blocks if field in _OWN_FIELDS)
    if len(set(own)) >= WORDS_MIN:
        return own
    seen = _words(text for field, text, _ in page.blocks if field is BlockField.OCR)
    return [*own, *seen] if len({*own, *seen}) >= WORDS_MIN else own


def hashes_of(words: Iterable[str]) -> frozenset[int]:
    """Return the hash of each word."""
    return frozenset(map(_hashed, words))


def pairs_of(words: Sequence[str]) -> frozenset[int]:
    """Return the hash of each pair of neighbouring words."""
    pairs = pairwise(map(_hashed, words))
    return frozenset((first * _PAIR_FACTOR + second) & _MASK for first, second in pairs)


def _words(texts: Iterable[str]) -> list[str]:
    return [word for text in texts for word in _WORD.findall(text.casefold())]


@lru_cache(maxsize=50_000)
def _hashed(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "big") & _MASK
