"""Index terms: what analysis makes of text."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Token:
    """One index term of a text.

    `position` counts words from 0; parts of a compound stand at its position with their own `start` and `end`
    (characters in the source text) and a `boost` below 1.
    """

    term: str
    position: int
    start: int
    end: int
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class WordTerm:
    """One index term of a single word: the main form of it all, or of a part of a compound.

    `start` and `end` are characters within the word; `boost` is 1 for the whole word, below 1 for a part.
    """

    term: str
    start: int
    end: int
    boost: float = 1.0


def smallest_parts(terms: Sequence[WordTerm]) -> list[WordTerm]:
    """Return the parts of a compound that hold no other part. `terms` are a word's: the whole comes first."""
    parts = terms[1:]
    return [
        one
        for one in parts
        if not any(other is not one and one.start <= other.start and other.end <= one.end for other in parts)
    ]
