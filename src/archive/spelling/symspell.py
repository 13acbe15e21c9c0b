"""Finds the words near a mistyped one among some hundred thousand, without comparing it to each.

The symmetric delete algorithm (W. Garbe, SymSpell, 2012): two words that are at most two edits apart become
equal when at most two letters are deleted from each. The deletes of each word's beginning are hashed into one
sorted array, about 240 bytes per word, in which those of a mistyped word are looked up. Words are compared by
their skeletons, without the diacritics of å, ä, ö and without doubled letters, so that mistakes in these cost
no edit.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations, pairwise
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

BEGINNING_CHARS: Final = 7
"""How many letters are compared: more find no other words, only fewer wrong ones, and cost memory."""

_EDITS_MAX = 2
_BATCH_WORDS = 8192
_DOUBLED = re.compile(r"(.)\1+")
_PLAIN = str.maketrans("åäöwz", "aaovs")
# An odd multiplier (Knuth, The Art of Computer Programming 3, 6.4: multiplicative hashing).
_MULTIPLIER = 2654435761

_Value = TypeVar("_Value")
_Number = TypeVar("_Number", bound=np.unsignedinteger)


def skeleton(word: str) -> str:
    """Return a surface form with å, ä as a, ö as o, w as v, z as s, and no doubled letters."""
    return _DOUBLED.sub(r"\1", word.translate(_PLAIN))


class SymSpellIndex:
    """Words by the deletes of their beginnings. Immutable and thread-safe."""

    def __init__(self, words: Sequence[str]) -> None:
        """Index words in surface form, numbered in the given order."""
        # All in one string, several times faster than word by word.
        skeletons = skeleton("\n".join(words)).split("\n") if words else []
        lengths = [len(text) for text in skeletons]
        self._lengths = np.array(lengths, np.int16)
        self._letters = _letters(skeletons)
        beginnings: dict[int, list[int]] = {}
        for number, length in enumerate(lengths):
            beginnings.setdefault(min(length, BEGINNING_CHARS), []).append(number)
        entries = [np.zeros(0, np.uint64)]
        for length, numbers in beginnings.items():
            for batch in _batches(numbers):
                entries.append(_entries(batch, [skeletons[number][:length] for number in batch], length))
        self._entries = np.sort(np.concatenate(entries))

    def near(self, word: str, max_words: int = 48) -> list[list[int]]:
        """Return the words that may be one edit away, then those that may be two; some of them are not.

        Args:
            word: A surface form.
            max_words: The most words; those with most letters in common, then with the lowest numbers.

        Returns:
            Their numbers, in a list for each number of edits; none where nothing is near.
        """
        typed = skeleton(word)
        if not typed:
            return []
        length = min(len(typed), BEGINNING_CHARS)
        keys = _deletes(_codes([typed[:length]], length))[0]
        wanted = np.sort(keys).astype(np.uint64) << np.uint64(32)
        starts = np.searchsorted(self._entries, wanted)
        ends = np.searchsorted(self._entries, wanted + np.uint64(0xFFFFFFFF), side="right")
        ranges = [self._entries[start:end] for start, end in zip(starts, ends, strict=True) if end > start]
        if not ranges:
            return []
        numbers = _distinct(np.concatenate(ranges).astype(np.uint32)).astype(np.int64)
        numbers = numbers[np.abs(self._lengths.take(numbers) - len(typed)) <= _EDITS_MAX]
        differing = np.bitwise_count(self._letters.take(numbers) ^ _letters([typed])[0])
        likely = np.argsort(differing, kind="stable")[:max_words]
        is_near = np.searchsorted(differing[likely], 2 * np.arange(1, _EDITS_MAX + 1), side="right")
        return [numbers[likely[start:end]].tolist() for start, end in pairwise([0, *is_near.tolist()])]


def _distinct(values: NDArray[_Number]) -> NDArray[_Number]:
    """Return the distinct values in order, (n_distinct,); `numpy.unique` is many times slower on large
    numbers.
    """
    values = np.sort(values)
    return values[np.append(True, values[1:] != values[:-1])] if values.size else values


def _batches(values: Sequence[_Value]) -> Iterator[Sequence[_Value]]:
    return (values[start : start + _BATCH_WORDS] for start in range(0, len(values), _BATCH_WORDS))


def _letters(texts: Sequence[str]) -> NDArray[np.uint64]:
    """Return which letters each text has once and which more often, as bits; rare letters share them.

    (n_texts,): the lower 32 bits for once or more, the upper for twice or more.
    """
    batches = [np.zeros(0, np.uint64)]
    bits = np.uint64(1) << np.arange(32, dtype=np.uint64)
    for batch in _batches(texts):
        letters = np.frombuffer("".join(batch).encode("utf-32-le"), np.uint32).astype(np.int64) & 31
        owners = np.repeat(np.arange(len(batch)) * 32, [len(text) for text in batch])
        counts = np.bincount(owners + letters, minlength=len(batch) * 32).reshape(len(batch), 32)
        once, more = (counts > 0) @ bits, (counts > 1) @ bits
        batches.append(once | more << np.uint64(32))
    return np.concatenate(batches)


def _codes(texts: Sequence[str], length: int) -> NDArray[np.uint32]:
    """Return texts of one length as code points, (n_texts, length)."""
    return np.frombuffer("".join(texts).encode("utf-32-le"), np.uint32).reshape(len(texts), length)


def _entries(numbers: Sequence[int], texts: Sequence[str], length: int) -> NDArray[np.uint64]:
    """Return the distinct entries of some texts, (n_entries,): a delete's hash in the upper 32 bits, a number
    below.
    """
    keys = _deletes(_codes(texts, length)).astype(np.uint64) << np.uint64(32)
    return _distinct((keys | np.array(numbers, np.uint64)[:, None]).ravel())


def _deletes(codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Return a hash for each way to delete at most two letters of each text, (n_texts, n_ways)."""
    places, powers = _kept(codes.shape[1])
    hashes: NDArray[np.uint32] = (codes[:, places] * powers).sum(axis=2, dtype=np.uint32)
    return hashes


@cache
def _kept(length: int) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    """Return the places of the letters left by each delete, and their factors, 0 beyond its end.

    Both are (n_ways, length).
    """
    rows = [
        kept
        for deleted in range(min(_EDITS_MAX, length - 1) + 1)
        for kept in combinations(range(length), length - deleted)
    ]
    places = np.zeros((len(rows), length), np.int64)
    powers = np.zeros((len(rows), length), np.uint32)
    for row, kept in enumerate(rows):
        places[row, : len(kept)] = kept
        powers[row, : len(kept)] = [pow(_MULTIPLIER, at + 1, 1 << 32) for at in range(len(kept))]
    return places, powers
