"""The erasure list: what a restore needs to erase a person again, without saying who it was.

Words are kept as salted hashes. Those of a restored archive's words that have such a hash are the ones meant,
so the list tells nothing to whoever does not have the person's words already. To guess a name takes one slow
hash each (PBKDF2, RFC 8018); `sieve`, a short hash, spares that for nearly all words that are others.
"""

import hashlib
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from archive.catalogue.erasing.places import Slides
from archive.erasing.names import ErasedNames
from archive.review.folding import folded

_ROUNDS: Final = 20_000
_SIEVE_BITS: Final = 12
_PARTS: Final = "-"


def hashed(names: ErasedNames, only: Slides | None, person_id: str = "") -> dict[str, Any]:
    """Return what is kept of a person's words, and which record went: JSON."""
    salt = secrets.token_bytes(16)
    return {
        "salt": salt.hex(),
        "rounds": _ROUNDS,
        "whole_only": names.whole_only,
        "names": [[[_entry(salt, part) for part in word] for word in words] for words in names.names],
        "texts": [[[_entry(salt, part) for part in word] for word in words] for words in names.texts],
        "person": person_id,
        "only": None if only is None else sorted(only),
    }


def recovered(told: Mapping[str, Any], words: Iterable[str]) -> ErasedNames:
    """Return the words that are meant, as far as they are among those of an archive.

    Args:
        told: What `hashed` returned.
        words: Every word of the archive, in small letters.
    """
    salt, rounds = bytes.fromhex(told["salt"]), int(told["rounds"])
    entries = [entry for kind in ("names", "texts") for name in told[kind] for word in name for entry in word]
    found: dict[str, str] = {}
    for digest, part, is_exact in _found(salt, rounds, entries, words):
        if is_exact or digest not in found:
            found[digest] = part

    def known(kind: str) -> Iterator[str]:
        for name in told[kind]:
            parts = [[found.get(entry["digests"][0]) for entry in word] for word in name]
            whole = [_PARTS.join(filter(None, word)) for word in parts if all(word)]
            # A given name alone is nobody: the surname, or the last word of a text, must be there.
            if parts and all(parts[-1]) and (kind == "names" or len(whole) == len(parts)):
                yield " ".join(whole)

    return ErasedNames(known("names"), known("texts"), bool(told["whole_only"]))


def slides(told: Mapping[str, Any]) -> Slides | None:
    """Return which slides alone were meant; None for everything."""
    only = told["only"]
    return None if only is None else frozenset((document, int(number)) for document, number in only)


def _entry(salt: bytes, part: str) -> dict[str, Any]:
    forms = list(dict.fromkeys((part, folded(part))))
    return {
        "chars": [len(form) for form in forms],
        "sieves": [_sieve(salt, form) for form in forms],
        "digests": [_slow(salt, form, _ROUNDS) for form in forms],
    }


def _found(
    salt: bytes, rounds: int, entries: Sequence[Mapping[str, Any]], words: Iterable[str]
) -> Iterator[tuple[str, str, bool]]:
    """Yield the first digest of each entry whose part is in one of the words, with that part.

    And whether it is as it was written: an address may have it without its accents alone.
    """
    wanted: dict[tuple[int, int], list[tuple[str, str]]] = {}
    for entry in entries:
        for chars, sieve, digest in zip(entry["chars"], entry["sieves"], entry["digests"], strict=True):
            wanted.setdefault((chars, sieve), []).append((digest, entry["digests"][0]))
    lengths = sorted({chars for chars, _ in wanted})
    slow: dict[str, str] = {}
    for piece in _pieces(words, lengths):
        for digest, first in wanted.get((len(piece), _sieve(salt, piece)), ()):
            if slow.setdefault(piece, _slow(salt, piece, rounds)) == digest:
                yield first, piece, digest == first


def _pieces(words: Iterable[str], lengths: Sequence[int]) -> Iterator[str]:
    """Yield every run of letters of these lengths in the words, each once."""
    seen: set[str] = set()
    for word in words:
        for chars in lengths:
            for at in range(len(word) - chars + 1):
                piece = word[at : at + chars]
                if piece not in seen:
                    seen.add(piece)
                    yield piece


def _sieve(salt: bytes, part: str) -> int:
    first = hashlib.sha256(salt + part.encode()).digest()[:2]
    return int.from_bytes(first, "big") & ((1 << _SIEVE_BITS) - 1)


def _slow(salt: bytes, part: str, rounds: int) -> str:
    return hashlib.pbkdf2_hmac("sha256", part.encode(), salt, rounds).hex()
