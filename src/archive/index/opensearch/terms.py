"""How terms are written for the server, so that it indexes them as they are.

Its analysers only split at blanks and bars. A term's own blanks, bars and signs that mean something to it are
written as `%`, their number in hexadecimal and `;`: sign by sign, so that beginnings stay beginnings.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import groupby
from typing import Final

from archive.analysis.analyzer import Token

FILLER: Final = "%"
"""A term that no word is written as: it is on every page of every field, and fills it up to its length."""
SCALE: Final = 20
"""Weights are whole numbers in the index: a word of weight 1 counts so many times."""
GAP: Final = "·"
"""Stands where words were left out between two positions."""
_FREE_LENGTHS: Final = 24
_LEAST_ROUNDED: Final = 16
_SIGNIFICANT_BITS: Final = 4
STACK_MAX_CHARS: Final = 8_000
"""The tokenizer takes 8,191."""

# Control signs, every kind of blank, and what stands between terms or begins a written sign.
_SPECIAL: Final = re.compile(r"[\x00-\x20\x7f-\xa0\u1680\u2000-\u200f\u2028-\u202f\u205f\u3000%|·]")
_WRITTEN: Final = re.compile(r"%([0-9a-f]+);")


def written(term: str) -> str:
    """Return a term as it is written in the index."""
    if term.isalnum():
        return term
    return _SPECIAL.sub(lambda sign: f"%{ord(sign[0]):x};", term)


def read(written_term: str) -> str:
    """Return the term that is written so."""
    if "%" not in written_term:
        return written_term
    return _WRITTEN.sub(lambda sign: chr(int(sign[1], 16)), written_term)


def beginning(prefix: str) -> str:
    """Return a regular expression of Lucene's for what begins with a prefix, the filler apart."""
    if not prefix:
        return f"[^{FILLER}].*|{FILLER}.+"
    escaped = "".join(
        rf"\{sign}" if sign.isascii() and not sign.isalnum() else sign for sign in written(prefix)
    )
    return f"{escaped}.*"


def weighted(tokens: Sequence[Token]) -> str:
    """Return a field's terms with their weights, and the filler that makes it as long as it has words."""
    weights: dict[str, float] = defaultdict(float)
    for token in tokens:
        weights[token.term] += token.boost
    counts = {written(term): max(1, round(SCALE * weight)) for term, weight in weights.items()}
    missing = max(1, kept_length(SCALE * len(tokens)) - sum(counts.values()))
    return " ".join([f"{FILLER}|{missing}", *(f"{term}|{count}" for term, count in counts.items())])


def kept_length(length: int) -> int:
    """Return the length nearest to this one that Lucene keeps as it is; others it rounds down.

    It has one byte for a length: exact up to 39, above that 24 and four significant bits (its
    SmallFloat.intToByte4).
    """
    if length < _FREE_LENGTHS + _LEAST_ROUNDED:
        return length
    above = length - _FREE_LENGTHS
    step = 1 << (above.bit_length() - _SIGNIFICANT_BITS)
    return _FREE_LENGTHS + (above + step // 2) // step * step


def stacked(tokens: Sequence[Token]) -> str:
    """Return a field's terms in order, those of one position in one stack; a gap of any length is a sign."""
    ordered = sorted(tokens, key=lambda token: token.position)
    stacks: list[str] = []
    last = -1
    for position, group in groupby(ordered, key=lambda token: token.position):
        if position != last + 1 and stacks:
            stacks.append(GAP)
        stacks.append("|".join(dict.fromkeys(written(token.term) for token in group)))
        last = position
    # The filler stands at a word's place, where there is one: phrases pass it by.
    if stacks:
        stacks[0] += f"|{FILLER}"
        return " ".join(stacks)
    return FILLER


def words(tokens: Sequence[Token]) -> list[str]:
    """Return the different terms of a field, with the filler."""
    return [FILLER, *dict.fromkeys(written(token.term) for token in tokens)]
