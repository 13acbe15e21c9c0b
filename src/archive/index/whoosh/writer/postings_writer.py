"""From tokens to the arrays of one field, all at once when a segment is written."""

from array import array
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count, islice
from math import isfinite
from typing import Final

import numpy as np
from numpy.typing import NDArray

from archive.analysis.analyzer import Token
from archive.errors import IndexUnusable
from archive.index.validation import MAX_POSITION, are_terms
from archive.index.whoosh.directory.array_file import Array
from archive.index.whoosh.segment.postings import length_codes


@dataclass(frozen=True)
class PostingsPart:
    """Postings of one field for consecutive pages, by term and page.

    Attributes:
        terms: In the order of their UTF-8 bytes.
        frequencies: Postings of each term, shape (n_terms,).
        pages: The page of each posting, shape (n_postings,).
        weights: Its summed boosts, shape (n_postings,).
        counts: How many positions it has, shape (n_postings,); None for fields without positions.
        positions: All positions, shape (n_positions,); None for fields without positions.
        base: The first page.
        lengths: Whoosh's length bytes of the pages from `base` on, shape (n_pages,).
        length_sum: The number of tokens on these pages.
    """

    terms: Sequence[bytes]
    frequencies: NDArray[np.int64]
    pages: Array
    weights: NDArray[np.float32]
    counts: Array | None
    positions: Array | None
    base: int
    lengths: NDArray[np.uint8]
    length_sum: int


class UnusableToken(IndexUnusable):
    """A token that cannot be indexed."""


class _Vocabulary(defaultdict[str, int]):
    """Numbers of terms; each different term is checked once."""

    def __init__(self) -> None:
        super().__init__(count().__next__)

    def numbers(self, terms: Sequence[str]) -> Sequence[int]:
        """Return the numbers of terms, new ones for those not seen before. Raises UnusableToken."""
        known = len(self)
        numbers = list(map(self.__getitem__, terms))
        fresh = list(islice(reversed(self), len(self) - known))
        if fresh and not are_terms(fresh):
            for term in fresh:
                del self[term]
            self.default_factory = count(known).__next__
            raise UnusableToken("a word is not usable")
        return numbers


class _Boosts(dict[float, int]):
    """Numbers of boosts; each different boost is checked once."""

    def __missing__(self, boost: float) -> int:
        if not (isfinite(boost) and boost > 0):
            raise UnusableToken("a word's weight is not usable")
        self[boost] = number = len(self)
        return number


@dataclass(frozen=True, slots=True)
class CodedTokens:
    """One page's tokens of one field as numbers."""

    terms: Sequence[int]
    positions: "array[int]"
    boosts: "array[int]"


_LARGEST_TERM: Final = 0xFFFFFFFF


class FieldTokens:
    """Gathers one field's tokens, page by page."""

    def __init__(self, has_positions: bool) -> None:
        self._has_positions = has_positions
        self._vocabulary = _Vocabulary()
        self._boosts = _Boosts()
        self._boosts[1.0]
        self._terms = array("I")
        self._positions = array("I")
        self._boost_codes = array("I")
        self._pages = array("I")
        self._counts = array("I")
        self._last: tuple[Sequence[Token], CodedTokens] | None = None

    def code(self, tokens: Sequence[Token]) -> CodedTokens:
        """Return a page's tokens as numbers; nothing is kept of them yet. Raises UnusableToken.

        Pages of a document share some of their fields, so the last tokens are known again.
        """
        if self._last and self._last[0] is tokens:
            return self._last[1]
        try:
            coded = CodedTokens(
                self._vocabulary.numbers([token.term for token in tokens]),
                array("I", [token.position for token in tokens]),
                self._boost_numbers([token.boost for token in tokens]),
            )
        except (OverflowError, TypeError) as error:
            raise UnusableToken("a word's position is not usable") from error
        if max(coded.positions, default=0) > MAX_POSITION:
            raise UnusableToken("a word's position is not usable")
        self._last = (tokens, coded)
        return coded

    def _boost_numbers(self, boosts: Sequence[float]) -> "array[int]":
        if boosts.count(1.0) == len(boosts):
            return array("I", bytes(len(boosts) * self._boost_codes.itemsize))
        return array("I", map(self._boosts.__getitem__, boosts))

    def add(self, page: int, coded: CodedTokens) -> None:
        """Add a page's tokens; pages come in order."""
        self._terms.extend(coded.terms)
        self._positions.extend(coded.positions)
        self._boost_codes.extend(coded.boosts)
        self._pages.append(page)
        self._counts.append(len(coded.terms))

    def part(self, page_count: int) -> PostingsPart:
        """Return the postings of all tokens."""
        counts = _numbers(self._counts)
        pages = np.repeat(_numbers(self._pages), counts)
        # Strings are in the order of their UTF-8 bytes.
        names = sorted(self._vocabulary)
        rank = np.empty(len(names), np.uint32)
        rank[list(map(self._vocabulary.__getitem__, names))] = np.arange(len(names), dtype=np.uint32)
        # One sort of 64-bit numbers, term above place, is several times quicker than an argsort.
        keys = rank[_numbers(self._terms)].astype(np.uint64) << np.uint64(32)
        keys |= np.arange(keys.size, dtype=np.uint64)
        keys.sort()
        order = (keys & np.uint64(_LARGEST_TERM)).astype(np.uint32)
        terms = (keys >> np.uint64(32)).astype(np.uint32)
        pages = pages[order]
        is_first = np.ones(terms.size, bool)
        is_first[1:] = (terms[1:] != terms[:-1]) | (pages[1:] != pages[:-1])
        firsts = np.flatnonzero(is_first)
        occurrences = np.diff(np.append(firsts, terms.size))
        frequencies = np.bincount(terms[firsts], minlength=len(names))
        used = np.flatnonzero(frequencies)
        if used.size < len(names):
            names = [names[place] for place in used.tolist()]
        lengths = np.zeros(page_count, np.int64)
        lengths[_numbers(self._pages)] = counts
        return PostingsPart(
            list(map(str.encode, names)),
            frequencies[used],
            pages[firsts],
            self._weights(order, firsts, occurrences),
            occurrences if self._has_positions else None,
            self._sorted_positions(order, is_first) if self._has_positions else None,
            0,
            length_codes(lengths),
            int(counts.sum()),
        )

    def _weights(self, order: Array, firsts: Array, occurrences: Array) -> NDArray[np.float32]:
        if len(self._boosts) == 1 or not firsts.size:
            return occurrences.astype(np.float32)
        boosts = np.array(list(self._boosts), np.float64)[_numbers(self._boost_codes)[order]]
        return np.add.reduceat(boosts, firsts).astype(np.float32)

    def _sorted_positions(self, order: Array, is_first: Array) -> Array:
        positions = _numbers(self._positions)[order]
        falls = positions[1:] < positions[:-1]
        if np.any(falls & ~is_first[1:]):
            posting = np.cumsum(is_first)
            positions = positions[np.lexsort((positions, posting))]
        return positions


def _numbers(values: "array[int]") -> NDArray[np.uint32]:
    return np.frombuffer(values, np.uint32) if values else np.empty(0, np.uint32)
