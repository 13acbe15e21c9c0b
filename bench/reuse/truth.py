"""Which slides of the corpus are one slide: those that are equal, and those that somebody has looked at.

Decks of the corpus have slides in common, which the bench must know: what is found of them is right. Nothing
here measures how alike slides are. Two are one where both are the same slide of a file, where they have the
very same words (figures left out; with few words the picture has to be the same, too), or where
`same_slides.tsv` says so, in which are the slides that were found to be one by eye.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np

from archive.model.pages import BlockField
from bench.reuse.slides import Slide

_JUDGED: Final = Path(__file__).with_name("same_slides.tsv")
_WORD: Final = re.compile(r"[^\W\d_]+")
_WORDS_MIN: Final = 12
_SAME_GREY_DIFFERENCE: Final = 8.0
_NOT_SHOWN: Final = frozenset({BlockField.NOTES, BlockField.COMMENT, BlockField.HEADER, BlockField.FOOTER})


class Truth:
    """Tells slides of the corpus that are one from others."""

    def __init__(self) -> None:
        self._twins: dict[str, str] = {}
        self._sets: dict[str, int] = {}
        for nth, line in enumerate(_JUDGED.read_text("utf-8").splitlines()):
            kind, *names = line.split("\t")
            if kind == "twins":
                self._twins |= {names[0]: names[1], names[1]: names[0]}
            elif kind == "same":
                self._sets |= dict.fromkeys(names, nth)

    def is_same(self, one: Slide, other: Slide) -> bool:
        """Return whether two slides of the corpus are one."""
        if one is other or self._is_judged_same(one, other):
            return True
        ours, theirs = words_of(one), words_of(other)
        return ours == theirs and (len(set(ours)) >= _WORDS_MIN or _is_same_grey(one, other))

    def _is_judged_same(self, one: Slide, other: Slide) -> bool:
        if self._twins.get(_file(one)) == _file(other) and one.page.number == other.page.number:
            return True
        known = self._sets.get(_name(one))
        return known is not None and known == self._sets.get(_name(other))


def words_of(slide: Slide) -> Sequence[str]:
    """Return all words that a slide shows, sorted, figures left out."""
    shown = " ".join(block.text for block in slide.page.blocks if block.field not in _NOT_SHOWN)
    return sorted(_WORD.findall(shown.casefold()))


def _file(slide: Slide) -> str:
    """Return what the name of a file of the corpus begins with, which no other has."""
    return slide.deck.split("/")[1].split("_")[0]


def _name(slide: Slide) -> str:
    return f"{_file(slide)}:{slide.page.number}"


def _is_same_grey(one: Slide, other: Slide) -> bool:
    greys = [np.frombuffer(slide.grey, np.uint8).astype(float) for slide in (one, other)]
    return bool(np.abs(greys[0] - greys[1]).mean() < _SAME_GREY_DIFFERENCE)
