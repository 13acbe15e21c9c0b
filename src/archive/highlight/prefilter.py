"""Finds the words of a text that are worth a look, those that hold any of some strings; reads few others."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from archive.analysis.tokenizer import folded, words

_OTHER_SPACES = "\n\t"
# With a find in fewer characters than this, reading all words is quicker than cutting out those with finds.
_DENSE_CHARS = 60


class Prefilter:
    """Words that may have an index term, a surface form or a beginning that was asked for.

    `roots` are strings of surface forms; a word that holds none of them is none.
    """

    def __init__(self, roots: Iterable[str]) -> None:
        self._roots = _shortest(root for root in roots if root and root.split() == [root])

    def candidates(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Yield them in order, each as it stands, with its start and its end.

        In a text whose letters the surface form would move, all words are.
        """
        low = folded(text)
        if low is None:
            yield from words(text)
            return
        finds = _finds(low, self._roots)
        is_dense = len(finds) * _DENSE_CHARS > len(low)
        for first, last in [(0, len(low))] if is_dense else _stretches(low, finds):
            for word, start, end in words(text, first, last):
                at = bisect_left(finds, start)
                if at < len(finds) and finds[at] < end:
                    yield word, start, end


def _shortest(roots: Iterable[str]) -> tuple[str, ...]:
    """Return those strings that hold none of the others: who looks for them finds the others, too."""
    kept: list[str] = []
    for root in sorted(set(roots), key=lambda one: (len(one), one)):
        if not any(other in root for other in kept):
            kept.append(root)
    return tuple(kept)


def _finds(text: str, roots: Sequence[str]) -> list[int]:
    """Return where any of some strings stands, in order."""
    found = []
    for root in roots:
        at = text.find(root)
        while at >= 0:
            found.append(at)
            at = text.find(root, at + 1)
    return sorted(found)


def _stretches(text: str, finds: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield, in order, the runs of characters without white space in which anything was found."""
    end = -1
    for at in finds:
        if at >= end:
            start = text.rfind(" ", 0, at) + 1
            end = text.find(" ", at)
            end = len(text) if end < 0 else end
            for space in _OTHER_SPACES:
                start = max(start, text.rfind(space, start, at) + 1)
                ended = text.find(space, at, end)
                end = end if ended < 0 else ended
            yield start, end
