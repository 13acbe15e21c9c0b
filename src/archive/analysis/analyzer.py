"""The analyzer's protocol: text in, index terms out. The same for every search engine."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Token:
    """One index term of a text.

    `position` counts words from 0; `start` and `end` are characters in the source text. Parts of a compound
    have its position, their own `start` and `end`, and a `boost` below 1.
    """

    term: str
    position: int
    start: int
    end: int
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class WordTerm:
    """One index term of a single word: the main form of the whole, or of a part of a compound.

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
        """Return what identifies this analyzer's results: an index with another fingerprint is rebuilt."""
        ...

    @property
    def takes_machine_descriptions(self) -> bool:
        """Return whether descriptions of pictures that a program made are to be found."""
        return False

    def main_terms(self, text: str, language: str) -> Sequence[Token]:
        """Return the main forms of a text's words, without stop words, whose positions stay unused.

        Args:
            text: A text in normal form.
            language: "sv", "en" or "" (unknown: analyzed as Swedish).
        """
        ...

    def word_terms(self, word: str, language: str) -> Sequence[WordTerm]:
        """Return the terms of one word as written in a text: the whole first, then its parts.

        `main_terms` gives the same for each word of a text; compounds implied by two words ("industri- och
        exportfrågor") only `main_terms` finds.

        Args:
            word: One word, as the tokenizer cuts it.
            language: As in `main_terms`.

        Returns:
            The terms; () for a stop word.
        """
        ...

    def required_substrings(self, term: str) -> Sequence[str]:
        """Return strings of which the surface form of any word with this term (of `word_terms`) contains
        one.
        """
        ...

    def exact_terms(self, text: str) -> Sequence[Token]:
        """Return the surface forms of all words, normalised and lowercased, stop words kept."""
        ...

    def translation_terms(self, word: str, language: str) -> Sequence[str]:
        """Return the main form by which a translation is looked up in the texts of its own language.

        Args:
            word: One word of the translation.
            language: "sv" or "en", that of the translation.

        Returns:
            The term; () for a stop word.
        """
        ...

    def query_terms(self, word: str) -> Sequence[tuple[str, float]]:
        """Return the main forms that a typed word may have in either language, with their boosts."""
        ...


class WordSettings(Protocol):
    """What the settings say of how words are read; `settings.text` has it."""

    @property
    def lexicon(self) -> Path | None:
        """The folder of the compiled lexicon; None for that of the Python environment."""
        ...

    @property
    def terms(self) -> Sequence[str]:
        """Words of the archive's own, with `|` between the parts of a compound."""
        ...

    @property
    def machine_descriptions(self) -> bool:
        """Whether descriptions of pictures that a program made are searched for, too."""
        ...
