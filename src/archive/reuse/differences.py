"""Two documents slide by slide: which slides are the same, changed, or in one of them alone; and which words.

Slides are paired in their order so that as much as possible is alike (dynamic programming, as S. Needleman
and C. Wunsch, 1970, without a cost for gaps). A slide that was moved is in one alone; where it is in
the other, `elsewhere` says.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from archive.catalogue import pages
from archive.catalogue.database.sessions import Session
from archive.catalogue.pages import PageTexts
from archive.catalogue.reuse import families, greys
from archive.catalogue.reuse.signatures import Signature
from archive.model.visibility import Visibility
from archive.reuse.likeness import likeness
from archive.reuse.signature import signature_of
from archive.reuse.sketches import is_current
from archive.visibility import readable_fields

_WORD: Final = re.compile(r"[^\W_]+(?:[.,:/-][^\W_]+)*%?")

SLIDES_MAX: Final = 600
"""So many slides of each document are compared."""


@dataclass(frozen=True, slots=True)
class WordChanges:
    """Words of one slide that the other does not have (`ours`), and the other way round, in their order.

    A word counts as often as it stands there, wherever that is: bullets in another order are no change.
    """

    ours: tuple[str, ...]
    theirs: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """Return whether both have the same words."""
        return not (self.ours or self.theirs)


_NOTHING: Final = WordChanges((), ())


def word_changes(ours: PageTexts, theirs: PageTexts) -> WordChanges:
    """Return which words of two slides, of those that everybody may read, are on one of them alone."""
    here, there = _words(ours), _words(theirs)
    return WordChanges(_without(here, there), _without(there, here))


def _words(page: PageTexts) -> list[str]:
    readable = readable_fields(Visibility.PUBLIC)
    return [word for field, text, _ in page.blocks if field in readable for word in _WORD.findall(text)]


def _without(words: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    left = Counter(word.casefold() for word in others)
    found = []
    for word in words:
        folded = word.casefold()
        if left[folded]:
            left[folded] -= 1
        else:
            found.append(word)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the comparison: the numbers of a slide here and there, 0 where there is none.

    `elsewhere`: where the other document has a slide of one alone, 0 where it does not. `changes`: words of a
    pair that are on one of them alone.
    """

    here: int
    there: int
    changes: WordChanges = _NOTHING
    elsewhere: int = 0

    @property
    def is_pair(self) -> bool:
        """Return whether both documents have the slide."""
        return bool(self.here and self.there)

    @property
    def is_same(self) -> bool:
        """Return whether both have the slide with the same words."""
        return self.is_pair and self.changes.is_same


def compared(
    session: Session, versions: tuple[str, str], numbers: tuple[Sequence[int], Sequence[int]]
) -> tuple[Row, ...]:
    """Return the slides of two versions side by side, up to SLIDES_MAX of each.

    Args:
        session: a session to read in.
        versions: the two versions.
        numbers: the slides of each that the visitor may see, ascending.
    """
    sides = [
        _slides(session, version_id, some[:SLIDES_MAX])
        for version_id, some in zip(versions, numbers, strict=True)
    ]
    (here, ours), (there, theirs) = sides
    alike = likeness(list(ours.values()), list(theirs.values()))
    with_blocks: defaultdict[object, list[int]] = defaultdict(list)
    for beside, other in enumerate(there.values()):
        with_blocks[other.blocks].append(beside)
    for at, one in enumerate(here.values()):
        if one.blocks:
            alike[at, with_blocks.get(one.blocks, [])] = 1.0
    return tuple(_row(here, there, alike, pair) for pair in aligned(alike))


def aligned(alike: NDArray[np.float64]) -> list[tuple[int, int]]:
    """Return the places of slides here and there (from 0), -1 for none, in the order of both.

    `alike` says how alike each slide here (rows) is to each there (columns); 0 pairs never.
    """
    best = np.zeros((alike.shape[0] + 1, alike.shape[1] + 1))
    for at, row in enumerate(alike):
        paired = np.where(row > 0, best[at, :-1] + row, 0.0)
        best[at + 1, 1:] = np.maximum.accumulate(np.maximum(best[at, 1:], paired))
    return _traced(alike, best)


def _traced(alike: NDArray[np.float64], best: NDArray[np.float64]) -> list[tuple[int, int]]:
    here, there = alike.shape
    found: list[tuple[int, int]] = []
    while here or there:
        if here and there and _is_paired(alike, best, here, there):
            here, there = here - 1, there - 1
            found.append((here, there))
        elif there and best[here, there - 1] == best[here, there]:
            there -= 1
            found.append((-1, there))
        else:
            here -= 1
            found.append((here, -1))
    return found[::-1]


def _is_paired(alike: NDArray[np.float64], best: NDArray[np.float64], here: int, there: int) -> bool:
    of_pair = alike[here - 1, there - 1]
    return bool(of_pair > 0 and best[here, there] == best[here - 1, there - 1] + of_pair)


def _slides(
    session: Session, version_id: str, numbers: Sequence[int]
) -> tuple[Mapping[int, PageTexts], Mapping[int, Signature | None]]:
    """Return the words and the signatures of slides; made here where they are not kept yet."""
    texts = pages.texts_at(session, [(version_id, number) for number in numbers])
    by_number = {number: texts[version_id, number] for number in numbers if (version_id, number) in texts}
    signed = families.own_signatures(session, version_id)
    if signed and all(is_current(signature) for _, signature in signed.values()):
        return by_number, {number: signed[number][1] if number in signed else None for number in by_number}
    known = greys.of_version(session, version_id)
    return by_number, {
        number: signature_of(page, known.get(number), number == 1) for number, page in by_number.items()
    }


def _row(
    here: Mapping[int, PageTexts],
    there: Mapping[int, PageTexts],
    alike: NDArray[np.float64],
    pair: tuple[int, int],
) -> Row:
    at, beside = pair
    numbers, others = list(here), list(there)
    if at >= 0 and beside >= 0:
        number, other = numbers[at], others[beside]
        return Row(number, other, word_changes(here[number], there[other]))
    if at >= 0:
        return Row(numbers[at], 0, elsewhere=_elsewhere(alike[at], others))
    return Row(0, others[beside], elsewhere=_elsewhere(alike[:, beside], numbers))


def _elsewhere(row: NDArray[np.float64], numbers: Sequence[int]) -> int:
    if not row.size or row.max() <= 0:
        return 0
    return numbers[int(row.argmax())]
