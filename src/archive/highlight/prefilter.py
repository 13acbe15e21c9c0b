"""Finds the words of a text that contain any of some strings, so that only these are analyzed."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from archive.analysis.tokenizer import folded, words

_OTHER_SPACES = "\n\t"
# With more than one occurrence in so many characters, tokenizing the whole text is faster.
_DENSE_CHARS = 60


class Prefilter:
    """Finds words that may have an index term, surface form or prefix of the question."""

    def __init__(self, substrings: Iterable[str]) -> None:
        """`substrings` are strings of surface forms; a word that contains none of them is no candidate."""
        self._substrings = _minimal(string for string in substrings if string and string.split() == [string])

    def candidates(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Yield the candidates in order, each as written, with its start and end.

        In a text whose surface forms have other positions, all words are candidates.
        """
        lowered = folded(text)
        if lowered is None:
            yield from words(text)
            return
        positions = _positions(lowered, self._substrings)
        is_dense = len(positions) * _DENSE_CHARS > len(lowered)
        for first, last in [(0, len(lowered))] if is_dense else _unspaced_runs(lowered, positions):
            for word, start, end in words(text, first, last):
                index = bisect_left(positions, start)
                if index < len(positions) and positions[index] < end:
                    yield word, start, end


def _minimal(strings: Iterable[str]) -> tuple[str, ...]:
    """Return the strings that contain none of the others: every occurrence of another contains one of
    them.
    """
    minimal: list[str] = []
    for string in sorted(set(strings), key=lambda string: (len(string), string)):
        if not any(shorter in string for shorter in minimal):
            minimal.append(string)
    return tuple(minimal)


def _positions(text: str, strings: Sequence[str]) -> list[int]:
    """Return where any of the strings occurs, in order."""
    positions = []
    for string in strings:
        at = text.find(string)
        while at >= 0:
            positions.append(at)
            at = text.find(string, at + 1)
    return sorted(positions)


def _unspaced_runs(text: str, positions: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield, in order, the runs of characters without white space around the positions."""
    end = -1
    for at in positions:
        if at >= end:
            start = text.rfind(" ", 0, at) + 1
            end = text.find(" ", at)
            end = len(text) if end < 0 else end
            for space in _OTHER_SPACES:
                start = max(start, text.rfind(space, start, at) + 1)
                ended = text.find(space, at, end)
                end = end if ended < 0 else ended
            yield start, end
