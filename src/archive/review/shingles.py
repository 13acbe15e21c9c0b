"""What slides are compared by: neighbouring words, hashed, whatever file they came in.

A PDF breaks lines and orders boxes otherwise than the deck it was made of, so neither counts; notes,
alternative texts, headers and footers are left out, since a PDF has none or has them on every page.
"""

import re
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from itertools import chain, pairwise

from archive.model.pages import Block, BlockField, Page

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
WORDS_MIN = 4
"""Slides with fewer words ("Tack!", "Frågor?") are on too many decks to tell them apart."""


def slide_shingles(page: Page) -> frozenset[int]:
    """Return the hashes of the pairs of neighbouring words on a slide, none for one with too few words.

    Words that OCR read count where the file itself has none.
    """
    words = _words(page.blocks, _OWN_FIELDS)
    if len(words) < WORDS_MIN:
        words = _words(page.blocks, _SEEN_FIELDS)
    if len(words) < WORDS_MIN:
        return frozenset()
    return frozenset(_hashed(f"{first} {second}") for first, second in pairwise(words))


def deck_shingles(slides: Iterable[frozenset[int]]) -> frozenset[int]:
    """Return the shingles of all slides of a deck."""
    return frozenset(chain.from_iterable(slides))


def _words(blocks: Sequence[Block], fields: frozenset[BlockField]) -> list[str]:
    return [
        word for block in blocks if block.field in fields for word in _WORD.findall(block.text.casefold())
    ]


def _hashed(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "big")
