"""What the bench asks of an engine."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from archive.index.base import IndexDocument
from bench.questions import Question


class BenchEngine(Protocol):
    """An engine with its files in one folder."""

    name: str

    def fill(self, chunks: Iterable[Sequence[IndexDocument]]) -> None:
        """Make the index from decks; at the end it is on the disk, ready to be searched."""
        ...

    def ask(self, question: Question) -> int:
        """Answer with the ten best and return how many slides match."""
        ...

    def replace(self, old: IndexDocument, new: IndexDocument) -> None:
        """Put a deck in another's place: searchable on return."""
        ...

    def size_bytes(self) -> int:
        """Return how much room the index takes."""
        ...

    def close(self) -> None:
        """Let go of files."""
        ...


TEXT_BOOSTS = {"title": 2.0, "exact": 1.0, "about": 0.5}
"""The fields that an expanded query asks, and what they weigh."""
