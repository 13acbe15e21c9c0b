"""The pages of a group as runs of numbers: for answers with all pages of all groups, maybe a million."""

from collections.abc import Iterator, Sequence
from typing import overload

from archive.index.search import PageRef


class PageRuns(Sequence[PageRef]):
    """The same as a tuple of pages, made page by page while somebody goes through them.

    An object for each page costs several times as much, most of it for looking for garbage among them.
    """

    __slots__ = ("_runs", "_size")

    def __init__(self, runs: Sequence[tuple[str, Sequence[int]]]) -> None:
        """Take documents, each with the numbers of its pages, in reading order."""
        self._runs = runs
        self._size = sum(len(numbers) for _, numbers in runs)

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[PageRef]:
        for document, numbers in self._runs:
            for number in numbers:
                yield PageRef(document, number)

    @overload
    def __getitem__(self, place: int) -> PageRef: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[PageRef]: ...
    def __getitem__(self, place: int | slice) -> PageRef | Sequence[PageRef]:
        return tuple(self)[place]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, PageRuns | tuple):
            return NotImplemented
        return tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))
