"""The analyzer's protocol: text in, index terms out. The same for every search engine."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


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


class Analyzer(Protocol):
    """Turns text into index terms. Å, ä and ö are never folded."""

    @property
    def fingerprint(self) -> str:
        """Return what identifies this analyser's results: an index made with another one is rebuilt."""
        ...

    def main_terms(self, text: str, language: str) -> Sequence[Token]:
        """Return the main forms of a text's words (stop words left out, their positions kept).

        `language` is "sv", "en" or "" (unknown: taken as Swedish).
        """
        ...

    def word_terms(self, word: str, language: str) -> Sequence[WordTerm]:
        """Return the terms of one word as it stands in a text: the whole first, then its parts.

        () for a stop word. `main_terms` gives the same for each word of a text; what takes two words to see
        ("industri- och exportfrågor") only `main_terms` finds.
        """
        ...

    def required_substrings(self, term: str) -> Sequence[str]:
        """Return strings of which the surface form of any word with this term (of `word_terms`) holds one."""
        ...

    def exact_terms(self, text: str) -> Sequence[Token]:
        """Return the surface forms of all words, normalised and lowercased, stop words kept."""
        ...

    def query_terms(self, word: str) -> Sequence[tuple[str, float]]:
        """Return the main forms that a typed word may stand for in either language, with their boosts."""
        ...


def smallest_parts(terms: Sequence[WordTerm]) -> list[WordTerm]:
    """Return the parts of a compound that hold no other part. `terms` are a word's: the whole comes first."""
    parts = terms[1:]
    return [
        one
        for one in parts
        if not any(other is not one and one.start <= other.start and other.end <= one.end for other in parts)
    ]
