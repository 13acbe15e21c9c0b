"""Finds words near to a mistyped one among some hundred thousand, without looking at each.

The symmetric delete method (W. Garbe, SymSpell, 2012): two words that are at most two edits apart become
equal when at most two letters are taken out of each. What is left of each known word's beginning is kept as
numbers in one sorted array, some 240 bytes a word; a mistyped word's own remainders are looked up in it.
Words are compared by their skeletons, without the dots and rings of å, ä, ö and without doubled letters, so
that mistakes in these cost no edit.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations, pairwise
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

BEGINNING_CHARS: Final = 7
"""Letters looked at: more find no other words, only fewer wrong ones, and cost room."""

_EDITS_MAX = 2
_WORDS_AT_ONCE = 8192
_DOUBLED = re.compile(r"(.)\1+")
_PLAIN = str.maketrans("åäöwz", "aaovs")
# An odd multiplier: Knuth, The Art of Computer Programming 3, 6.4 (multiplicative hashing).
_MULTIPLIER = 2654435761

_Value = TypeVar("_Value")
_Number = TypeVar("_Number", bound=np.unsignedinteger)


def skeleton(word: str) -> str:
    """Return a surface form without å, ä, ö and doubled letters; w as v, z as s."""
    return _DOUBLED.sub(r"\1", word.translate(_PLAIN))


class SymSpellIndex:
    """Words by what is left of their beginnings. Immutable, for any number of threads."""

    def __init__(self, words: Sequence[str]) -> None:
        """`words`, in surface form, are numbered as they stand; finding gives numbers."""
        # All at once, several times faster than word by word.
        skeletons = skeleton("\n".join(words)).split("\n") if words else []
        lengths = [len(one) for one in skeletons]
        self._lengths = np.array(lengths, np.int16)
        self._letters = _letters(skeletons)
        beginnings: dict[int, list[int]] = {}
        for number, length in enumerate(lengths):
            beginnings.setdefault(min(length, BEGINNING_CHARS), []).append(number)
        entries = [np.zeros(0, np.uint64)]
        for length, numbers in beginnings.items():
            for some in _some_at_once(numbers):
                entries.append(_entries(some, [skeletons[number][:length] for number in some], length))
        self._entries = np.sort(np.concatenate(entries))

    @property
    def size_bytes(self) -> int:
        """Return how much memory the arrays take."""
        return int(self._entries.nbytes + self._lengths.nbytes + self._letters.nbytes)

    def near(self, word: str, max_words: int = 48) -> list[list[int]]:
        """Return the numbers of words that may be one edit away, then of those that may be two; some are not.

        Of more than `max_words` those that have most letters in common, then those with the lowest numbers.
        """
        asked = skeleton(word)
        if not asked:
            return []
        length = min(len(asked), BEGINNING_CHARS)
        keys = _remainders(_codes([asked[:length]], length))[0]
        wanted = np.sort(keys).astype(np.uint64) << np.uint64(32)
        starts = np.searchsorted(self._entries, wanted)
        ends = np.searchsorted(self._entries, wanted + np.uint64(0xFFFFFFFF), side="right")
        found = [self._entries[start:end] for start, end in zip(starts, ends, strict=True) if end > start]
        if not found:
            return []
        numbers = _different(np.concatenate(found).astype(np.uint32)).astype(np.int64)
        numbers = numbers[np.abs(self._lengths.take(numbers) - len(asked)) <= _EDITS_MAX]
        differing = np.bitwise_count(self._letters.take(numbers) ^ _letters([asked])[0])
        likely = np.argsort(differing, kind="stable")[:max_words]
        is_near = np.searchsorted(differing[likely], 2 * np.arange(1, _EDITS_MAX + 1), side="right")
        return [numbers[likely[start:end]].tolist() for start, end in pairwise([0, *is_near.tolist()])]


def _different(values: NDArray[_Number]) -> NDArray[_Number]:
    """Return the different values in order (NumPy's own `unique` is many times slower on large numbers)."""
    values = np.sort(values)
    return values[np.append(True, values[1:] != values[:-1])] if values.size else values


def _some_at_once(values: Sequence[_Value]) -> Iterator[Sequence[_Value]]:
    return (values[start : start + _WORDS_AT_ONCE] for start in range(0, len(values), _WORDS_AT_ONCE))


def _letters(texts: Sequence[str]) -> NDArray[np.uint64]:
    """Return per text which letters it has once and which more often, as bits; rare letters share them."""
    found = [np.zeros(0, np.uint64)]
    bits = np.uint64(1) << np.arange(32, dtype=np.uint64)
    for some in _some_at_once(texts):
        letters = np.frombuffer("".join(some).encode("utf-32-le"), np.uint32).astype(np.int64) & 31
        owners = np.repeat(np.arange(len(some)) * 32, [len(one) for one in some])
        counts = np.bincount(owners + letters, minlength=len(some) * 32).reshape(len(some), 32)
        once, more = (counts > 0) @ bits, (counts > 1) @ bits
        found.append(once | more << np.uint64(32))
    return np.concatenate(found)


def _codes(texts: Sequence[str], length: int) -> NDArray[np.uint32]:
    """Return texts of one length as a matrix of code points."""
    return np.frombuffer("".join(texts).encode("utf-32-le"), np.uint32).reshape(len(texts), length)


def _entries(numbers: Sequence[int], texts: Sequence[str], length: int) -> NDArray[np.uint64]:
    keys = _remainders(_codes(texts, length)).astype(np.uint64) << np.uint64(32)
    return _different((keys | np.array(numbers, np.uint64)[:, None]).ravel())


def _remainders(codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Return a row of numbers for each text: one for each way to take out at most two letters."""
    places, powers = _kept(codes.shape[1])
    numbers: NDArray[np.uint32] = (codes[:, places] * powers).sum(axis=2, dtype=np.uint32)
    return numbers


@cache
def _kept(length: int) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    """Return per remainder the places of its letters, and what each is multiplied with (0 beyond its end)."""
    rows = [
        kept
        for taken in range(min(_EDITS_MAX, length - 1) + 1)
        for kept in combinations(range(length), length - taken)
    ]
    places = np.zeros((len(rows), length), np.int64)
    powers = np.zeros((len(rows), length), np.uint32)
    for row, kept in enumerate(rows):
        places[row, : len(kept)] = kept
        powers[row, : len(kept)] = [pow(_MULTIPLIER, at + 1, 1 << 32) for at in range(len(kept))]
    return places, powers
