"""The cost of mistyping one Swedish word as another: an edit distance in which common mistakes cost less."""

from collections.abc import Iterable
from itertools import accumulate, chain
from typing import Final

TOO_FAR: Final = 9.0
"""The distance of words that are too different to be aligned: above DISTANCE_MAX."""

DISTANCE_MAX: Final = 2.0
"""The largest distance at which a word may be meant by another."""

_LENGTH_DIFFERENCE_MAX = 3
# With more letters between its first and last difference a word has two unrelated mistakes.
_CORE_MAX_CHARS = 9
# Letters before and after the difference that spelling rules look at ("stj" for "sj").
_CONTEXT_CHARS = 2

_EDIT = 1.0
_MISSING = 0.75
_DOUBLED = 0.4
_NEIGHBOUR_KEY = 0.7
_SWAPPED = 0.7
_FIRST_LETTER = 0.5

_ROWS = ("qwertyuiopå", "asdfghjklöä", "zxcvbnm")
# Without diacritics, as typed on a keyboard that lacks the letter.
_DOTS = ("åa", "äa", "öo", "æä", "øö", "üy")
# Letters that sound alike (Svenska skrivregler).
_SOUNDS_OF_A_LETTER = ("eä", "oå", "sz", "ck", "cs", "vw", "iy", "uo", "bp", "dt", "gk", "kq", "gj")
_SOUNDS = (
    ("sj", "sk"), ("sj", "stj"), ("sj", "skj"), ("sj", "sch"), ("sj", "sh"), ("tj", "kj"), ("tj", "k"),
    ("ck", "k"), ("ck", "kk"), ("ng", "gn"), ("ng", "n"), ("hj", "j"), ("gj", "j"), ("lj", "j"), ("dj", "j"),
    ("x", "ks"), ("x", "cks"), ("x", "gs"), ("dt", "t"), ("tio", "sio"), ("tion", "shon"), ("ph", "f"),
    ("th", "t"), ("qu", "kv"), ("rs", "sch"), ("c", "k"), ("ch", "sj"), ("ch", "k"), ("mn", "m"),
)  # fmt: skip
_SOUND_COST = 0.5
_DOTS_COST = 0.3


def _both_ways(pairs: Iterable[tuple[str, str]], cost: float) -> dict[tuple[str, str], float]:
    return {pair: cost for first, second in pairs for pair in ((first, second), (second, first))}


def _neighbour_keys() -> Iterable[tuple[str, str]]:
    keys = {
        letter: (row, column) for row, letters in enumerate(_ROWS) for column, letter in enumerate(letters)
    }
    for first, (row, column) in keys.items():
        for second, (second_row, second_column) in keys.items():
            if first != second and abs(row - second_row) <= 1 and abs(column - second_column) <= 1:
                yield first, second


_LETTERS = {
    first + second: cost
    for pairs, price in (
        (_neighbour_keys(), _NEIGHBOUR_KEY),
        (((pair[0], pair[1]) for pair in _SOUNDS_OF_A_LETTER), _SOUND_COST),
        (((pair[0], pair[1]) for pair in _DOTS), _DOTS_COST),
    )
    for (first, second), cost in _both_ways(pairs, price).items()
}
_GROUPS = _both_ways(_SOUNDS, _SOUND_COST)
_GROUP_ENDS: dict[str, list[tuple[str, str]]] = {}
for _first, _second in _GROUPS:
    _GROUP_ENDS.setdefault(_first[-1] + _second[-1], []).append((_first, _second))


def distance(typed: str, meant: str) -> float:
    """Return about how many mistakes turn `meant` into `typed`, common ones counting less.

    A weighted Damerau-Levenshtein distance with groups of letters that sound alike.

    Args:
        typed: A surface form.
        meant: Another one.

    Returns:
        The distance, 0 for equal words; TOO_FAR, or a little more, where they have too little in common.
    """
    if typed == meant:
        return 0.0
    if abs(len(typed) - len(meant)) > _LENGTH_DIFFERENCE_MAX:
        return TOO_FAR
    start = _common_beginning(typed, meant)
    end = _common_beginning(typed[start:][::-1], meant[start:][::-1])
    if max(len(typed), len(meant)) - start - end > _CORE_MAX_CHARS:
        return TOO_FAR
    start, end = max(0, start - _CONTEXT_CHARS), max(0, end - _CONTEXT_CHARS)
    cost = _aligned(typed[start : len(typed) - end], meant[start : len(meant) - end])
    # The first letter is rarely wrong.
    is_other_start = typed[0] != meant[0] and _LETTERS.get(typed[0] + meant[0], _EDIT) > _DOTS_COST
    return cost + _FIRST_LETTER if is_other_start else cost


def _common_beginning(typed: str, meant: str) -> int:
    for at, (letter, meant_letter) in enumerate(zip(typed, meant, strict=False)):
        if letter != meant_letter:
            return at
    return min(len(typed), len(meant))


def _aligned(typed: str, meant: str) -> float:
    """Return the least cost of an alignment, letter by letter and group by group."""
    missing = _singles(meant, _MISSING)
    last = [0.0, *accumulate(missing)]
    rows = [last]
    for at, (letter, extra) in enumerate(zip(typed, _singles(typed, _EDIT), strict=True), start=1):
        previous = last[0] + extra
        row = [previous]
        for to, wanted in enumerate(meant, start=1):
            best = last[to - 1] if letter == wanted else last[to - 1] + _LETTERS.get(letter + wanted, _EDIT)
            best = min(best, last[to] + extra, previous + missing[to - 1])
            if best and letter + wanted in _GROUP_ENDS:
                best = _by_group(typed, meant, at, to, rows, best)
            if letter != wanted and at > 1 and to > 1 and letter == meant[to - 2] and typed[at - 2] == wanted:
                best = min(best, rows[-2][to - 2] + _SWAPPED)
            row.append(best)
            previous = best
        if min(row) > DISTANCE_MAX and min(last) > DISTANCE_MAX:
            return TOO_FAR
        last = row
        rows.append(row)
    return last[-1]


def _by_group(typed: str, meant: str, at: int, to: int, rows: list[list[float]], best: float) -> float:
    """Return the least cost where groups of letters that sound alike may end at `at` and `to`."""
    for group, alike in _GROUP_ENDS[typed[at - 1] + meant[to - 1]]:
        if typed.endswith(group, 0, at) and meant.endswith(alike, 0, to):
            best = min(best, rows[at - len(group)][to - len(alike)] + _GROUPS[group, alike])
    return best


def _singles(text: str, cost: float) -> list[float]:
    """Return the cost of leaving out or inserting each letter; repeating the one before costs less."""
    before = chain(" ", text)
    return [_DOUBLED if letter == previous else cost for letter, previous in zip(text, before, strict=False)]
