"""Hand-split words: `word<TAB>parts[<TAB>source]`, parts joined by `|` (required) or `:` (either way is
right)."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from archive.analysis.normalize import fold_accents

Split = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class GoldWord:
    """A word with its boundaries, in characters from the start."""

    word: str
    required: frozenset[int]
    optional: frozenset[int]


@dataclass(frozen=True, slots=True)
class Score:
    """How well words were split: over boundaries, words, and words that are no compounds."""

    precision: float
    recall: float
    f1: float
    accuracy: float
    wrongly_split: float
    """Share of the words without any boundary that were split."""


def read_gold(paths: Iterable[Path]) -> list[GoldWord]:
    """Read the words of all files, each once, in order."""
    words: dict[str, GoldWord] = {}
    for path in paths:
        for line in path.read_text("utf-8").splitlines():
            if line and not line.startswith("#"):
                word, parts, *_ = fold_accents(line).split("\t")
                words.setdefault(word, _gold_word(word, parts))
    return list(words.values())


def _gold_word(word: str, parts: str) -> GoldWord:
    required: set[int] = set()
    optional: set[int] = set()
    at = 0
    for piece in re.split("([|:])", parts):
        if piece in "|:":
            (required if piece == "|" else optional).add(at)
        else:
            at += len(piece)
    if at != len(word):
        raise ValueError(f"{word}: its parts are of another length: {parts}")
    return GoldWord(word, frozenset(required), frozenset(optional))


def evaluate(split: Split, words: Iterable[GoldWord]) -> Score:
    """Compare a splitter's boundaries with the hand-made ones."""
    hits = misses = wrong = right_words = simple = simple_split = total = 0
    for gold in words:
        boundaries_found = boundaries(split(gold.word))
        hits += len(boundaries_found & gold.required)
        misses += len(gold.required - boundaries_found)
        extra = len(boundaries_found - gold.required - gold.optional)
        wrong += extra
        total += 1
        right_words += gold.required <= boundaries_found and not extra
        if not gold.required and not gold.optional:
            simple += 1
            simple_split += bool(boundaries_found)
    precision, recall = hits / max(1, hits + wrong), hits / max(1, hits + misses)
    return Score(
        precision=precision,
        recall=recall,
        f1=2 * precision * recall / max(1e-9, precision + recall),
        accuracy=right_words / max(1, total),
        wrongly_split=simple_split / max(1, simple),
    )


def boundaries(parts: Sequence[str]) -> set[int]:
    """Return where the parts of a word meet."""
    boundaries_found, at = set(), 0
    for part in parts[:-1]:
        at += len(part)
        boundaries_found.add(at)
    return boundaries_found
