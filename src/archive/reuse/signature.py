"""The signature of a slide: what it is compared by, and the keys under which slides like it are found.

Keys are bands of minima (MinHash; locality-sensitive hashing) of its words and pairs of words, or of its
picture where it has few. The slides of a version get theirs at once, each in the family of those it is like.
"""

from collections.abc import Collection
from hashlib import blake2b
from typing import Final

import numpy as np
from numpy.typing import NDArray

from archive.catalogue import pages
from archive.catalogue.database.database import Database
from archive.catalogue.database.sessions import Session
from archive.catalogue.pages import PageTexts
from archive.catalogue.reuse import greys, signatures
from archive.catalogue.reuse.signatures import Signature
from archive.reuse.likeness import alike
from archive.reuse.shades import steps_of
from archive.reuse.sketches import SCHEME, packed
from archive.reuse.words import WORDS_MIN, hashes_of, own_words, pairs_of
from archive.review.minhash import sketch_of

_KEY_WORDS_MIN: Final = 3
_PLAIN_STEPS_MAX: Final = 8
_WORD_ROWS, _PICTURE_ROWS = 4, 3
_WORDS_KIND, _PICTURE_KIND = 3, 4  # 1 and 2 were those of scheme 1
_FACTOR: Final = np.uint64(0x9E37_79B9_7F4A_7C15)
_SHIFT: Final = np.uint64(29)
_MASK: Final = 2**64 - 1


def signature_of(page: PageTexts, grey: bytes | None, is_first: bool) -> Signature | None:
    """Return the signature of a slide, None for one that says and shows too little to be told from others.

    Args:
        page: its words; notes, comments and the like do not count.
        grey: its picture in grey, None where there is none.
        is_first: whether it is the first slide of its deck.
    """
    said = own_words(page)
    words = hashes_of(said)
    steps = steps_of(grey) if grey else None
    if len(words) >= WORDS_MIN:
        pairs = pairs_of(said)
        keys = _keys(words | pairs, _WORD_ROWS, _WORDS_KIND)
        return Signature(len(words), packed(words, pairs, steps, is_first), keys)
    if steps is None or np.count_nonzero(steps) < _PLAIN_STEPS_MAX:
        return None
    keys = _keys(np.flatnonzero(steps).tolist(), _PICTURE_ROWS, _PICTURE_KIND)
    if len(words) >= _KEY_WORDS_MIN:
        keys += (_key_of_words(words),)
    return Signature(len(words), packed(words, pairs_of(said), steps, is_first), keys)


def _keys(features: Collection[int], rows: int, kind: int) -> tuple[int, ...]:
    """Return a key for every `rows` minima: two sets have one in common the likelier the more they share."""
    spread = [((feature + kind) * int(_FACTOR)) & _MASK for feature in features]
    values = np.frombuffer(sketch_of(spread).minima, "<u4").astype(np.uint64)
    bands = len(values) // rows
    hashed: NDArray[np.uint64] = np.arange(bands, dtype=np.uint64) + np.uint64(kind << 16)
    for column in values[: bands * rows].reshape(bands, rows).T:
        hashed = (hashed ^ column) * _FACTOR
        hashed ^= hashed >> _SHIFT
    return tuple(hashed.view(np.int64).tolist())


def _key_of_words(words: Collection[int]) -> int:
    digest = blake2b(np.array(sorted(words), "<u4").tobytes(), digest_size=8, salt=b"words")
    return int.from_bytes(digest.digest(), "big", signed=True)


def waiting(database: Database, at_most: int) -> list[str]:
    """Return versions whose slides have no signatures yet."""
    with database.read() as session:
        return list(signatures.waiting(session, SCHEME, at_most))


def pictures_wanted(database: Database, version_id: str) -> list[str]:
    """Return the SHA-256 of the small pictures that are compared and have no grey one yet, each once."""
    with database.read() as session:
        missing = greys.missing(session, version_id)
        if not missing or not signatures.is_shown(session, version_id):
            return []
        texts = pages.texts_at(session, [(version_id, number) for number in missing])
    few = [number for (_, number), page in texts.items() if len(set(own_words(page))) < WORDS_MIN]
    return list(dict.fromkeys(missing[number] for number in sorted(few)))


def sign(database: Database, version_id: str) -> int:
    """Give a version's slides their signatures; return how many have one. None where that is done.

    Words are read where they are kept, in one transaction, so that no new reading comes between.
    """
    with database.write() as session:
        if not signatures.is_waiting(session, version_id, SCHEME):
            return 0
        signatures.forget(session, version_id)
        count = _sign(session, version_id) if signatures.is_shown(session, version_id) else 0
        signatures.note_signed(session, version_id, SCHEME)
    return count


def _sign(session: Session, version_id: str) -> int:
    known, count = greys.of_version(session, version_id), 0
    for number, page in pages.texts(session, version_id).items():
        signature = signature_of(page, known.get(number), number == 1)
        if signature is None:
            continue
        found = signatures.candidates(session, signature.keys)
        likes = alike(signature, [other for _, other in found])
        families = {family for (family, _), like in zip(found, likes, strict=True) if like}
        signatures.add(session, version_id, number, signature, families)
        count += 1
    return count
