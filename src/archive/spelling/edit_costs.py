"""How likely one Swedish word was written for another: a distance in edits, cheaper for what people do."""

from collections.abc import Iterable
from itertools import accumulate, chain
from typing import Final

TOO_FAR: Final = 9.0
"""The distance of words that are too far apart to be measured: above DISTANCE_MAX."""

DISTANCE_MAX: Final = 2.0

_LENGTH_DIFFERENCE_MAX = 3
# More letters than this between a word's first and last mistake are two mistakes in one word.
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
# Without its dots or ring, as written on a keyboard that lacks the letter.
_DOTS = ("åa", "äa", "öo", "æä", "øö", "üy")
# One for another by its sound (Svenska skrivregler; the lists of common errors agree).
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
    return {pair: cost for one, other in pairs for pair in ((one, other), (other, one))}


def _neighbour_keys() -> Iterable[tuple[str, str]]:
    place = {letter: (row, at) for row, letters in enumerate(_ROWS) for at, letter in enumerate(letters)}
    for one, (row, at) in place.items():
        for other, (other_row, other_at) in place.items():
            if one != other and abs(row - other_row) <= 1 and abs(at - other_at) <= 1:
                yield one, other


_LETTERS = {
    one + other: cost
    for pairs, price in (
        (_neighbour_keys(), _NEIGHBOUR_KEY),
        (((pair[0], pair[1]) for pair in _SOUNDS_OF_A_LETTER), _SOUND_COST),
        (((pair[0], pair[1]) for pair in _DOTS), _DOTS_COST),
    )
    for (one, other), cost in _both_ways(pairs, price).items()
}
_GROUPS = _both_ways(_SOUNDS, _SOUND_COST)
_GROUP_ENDS: dict[str, list[tuple[str, str]]] = {}
for _one, _other in _GROUPS:
    _GROUP_ENDS.setdefault(_one[-1] + _other[-1], []).append((_one, _other))


def distance(typed: str, meant: str) -> float:
    """Return how far `typed` is from `meant`: about the number of single mistakes, likely ones counting less.

    TOO_FAR where the words have too little in common.
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
    found = _aligned(typed[start : len(typed) - end], meant[start : len(meant) - end])
    # The first letter is seldom wrong.
    is_other_start = typed[0] != meant[0] and _LETTERS.get(typed[0] + meant[0], _EDIT) > _DOTS_COST
    return found + _FIRST_LETTER if is_other_start else found


def _common_beginning(one: str, other: str) -> int:
    for at, (letter, its) in enumerate(zip(one, other, strict=False)):
        if letter != its:
            return at
    return min(len(one), len(other))


def _aligned(one: str, other: str) -> float:
    """Return the least cost of turning one text into the other, letter by letter and group by group."""
    missing = _singles(other, _MISSING)
    last = [0.0, *accumulate(missing)]
    rows = [last]
    for at, (letter, taken) in enumerate(zip(one, _singles(one, _EDIT), strict=True), start=1):
        before = last[0] + taken
        row = [before]
        for to, its in enumerate(other, start=1):
            best = last[to - 1] if letter == its else last[to - 1] + _LETTERS.get(letter + its, _EDIT)
            best = min(best, last[to] + taken, before + missing[to - 1])
            if best and letter + its in _GROUP_ENDS:
                best = _by_group(one, other, at, to, rows, best)
            if letter != its and at > 1 and to > 1 and letter == other[to - 2] and one[at - 2] == its:
                best = min(best, rows[-2][to - 2] + _SWAPPED)
            row.append(best)
            before = best
        if min(row) > DISTANCE_MAX and min(last) > DISTANCE_MAX:
            return TOO_FAR
        last = row
        rows.append(row)
    return last[-1]


def _by_group(one: str, other: str, at: int, to: int, rows: list[list[float]], best: float) -> float:
    """Return the least cost where groups of letters that sound alike may end at `at` and `to`."""
    for group, its in _GROUP_ENDS[one[at - 1] + other[to - 1]]:
        if one.endswith(group, 0, at) and other.endswith(its, 0, to):
            best = min(best, rows[at - len(group)][to - len(its)] + _GROUPS[group, its])
    return best


def _singles(text: str, cost: float) -> list[float]:
    """Return per letter what it costs to leave it out, or put it in."""
    before = chain(" ", text)
    return [_DOUBLED if letter == its else cost for letter, its in zip(text, before, strict=False)]
