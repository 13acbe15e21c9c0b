"""What an index knows of its words; read when a query is expanded and when its spelling is corrected."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from archive.index.schema import TextField


class Vocabulary(Protocol):
    """The terms of all pages that visitors of one rank may see; words of other pages are not in it."""

    def page_count(self) -> int:
        """Return how many such pages there are."""
        ...

    def frequencies(self, field: TextField, terms: Sequence[str]) -> Sequence[int]:
        """Return on how many pages each term occurs in a field, 0 for unknown ones, in the order given."""
        ...

    def terms(self, field: TextField) -> Iterator[tuple[str, int]]:
        """Yield every term of a field with the number of pages it occurs on, in order of the terms."""
        ...
