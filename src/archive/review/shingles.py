"""What slides are compared by: neighbouring words, hashed, whatever file they came in.

A PDF breaks lines and orders boxes otherwise than the deck it was made of, so neither counts; notes,
alternative texts, headers and footers are left out, since a PDF has none or has them on every page.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import chain

import numpy as np

from archive.model.pages import BlockField, Page

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
