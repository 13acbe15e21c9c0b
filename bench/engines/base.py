"""The protocol of an engine in the benchmarks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from archive.index.documents import IndexDocument
from bench.synthetic.questions import Question


@dataclass(frozen=True, slots=True)
class Found:
    """How many slides match, and the best of them by deck and slide number: what every engine returns."""

    total: int
    slides: tuple[tuple[str, int], ...]


class BenchEngine(Protocol):
    """An engine with its files in one folder."""

    name: str

    def fill(self, chunks: Iterable[Sequence[IndexDocument]]) -> None:
        """Make the index from decks; at the end it is on the disk, ready to be searched."""
        ...

    def ask(self, question: Question) -> Found:
        """Return the ten best (slides, or groups of slides) and how many slides match, exactly."""
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
