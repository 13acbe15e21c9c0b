"""The slips that people make when they write Swedish, and what each costs: a cheap slip is a likely one.

Edits are those of Damerau (1964): a letter too many, too few, another one, two exchanged. Costs are by kind:
dots and rings left out, letters doubled, neighbours on the keyboard, the same sound written otherwise.
"""

from collections.abc import Iterator

LETTERS = "abcdefghijklmnopqrstuvwxyzåäöé"
_ROWS = ("qwertyuiopå", "asdfghjklöä", "zxcvbnm")
_DOTS = frozenset({"aå", "åa", "aä", "äa", "oö", "öo", "eé", "ée", "åä", "äå"})
_SOUNDS = (
    ("sj", "sk"),
    ("sj", "stj"),
    ("sj", "skj"),
    ("tj", "kj"),
    ("tj", "k"),
    ("ck", "k"),
    ("ng", "gn"),
    ("ng", "n"),
    ("hj", "j"),
    ("lj", "j"),
    ("gj", "j"),
    ("e", "ä"),
    ("å", "o"),
    ("z", "s"),
    ("c", "s"),
    ("c", "k"),
    ("x", "ks"),
    ("v", "f"),
    ("w", "v"),
    ("y", "i"),
    ("q", "k"),
    ("dt", "t"),
    ("gs", "ks"),
    ("tion", "sion"),
    ("tion", "ssion"),
    ("ph", "f"),
)

DOTS_COST = 0.3
_DOUBLE_COST = 0.4
_SOUND_COST = 0.5
_EXCHANGED_COST = 0.6
_NEIGHBOUR_COST = 0.7
_OTHER_COST = 1.0
_FIRST_LETTER_COST = 0.4


def _neighbours() -> frozenset[str]:
    """Return pairs of letters whose keys touch on a Swedish keyboard."""
    pairs = set()
    for row, keys in enumerate(_ROWS):
        for at, key in enumerate(keys):
            for other in _ROWS[max(0, row - 1) : row + 2]:
                pairs |= {key + near for near in other[max(0, at - 1) : at + 2] if near != key}
    return frozenset(pairs)


_NEAR = _neighbours()


def meant(word: str) -> Iterator[tuple[str, float]]:
    """Yield what a word may have been before one slip, each with the slip's cost; some more than once."""
    yield from _letter_too_many(word)
    yield from _exchanged(word)
    yield from _other_letter(word)
    yield from _letter_too_few(word)
    yield from _other_sound(word)


def _first(at: int) -> float:
    """Return what a slip in the first letter costs more: people get that one right."""
    return _FIRST_LETTER_COST if at == 0 else 0.0


def _letter_too_many(word: str) -> Iterator[tuple[str, float]]:
    for at, letter in enumerate(word):
        is_double = at > 0 and word[at - 1] == letter
        cost = _DOUBLE_COST if is_double else _OTHER_COST
        yield word[:at] + word[at + 1 :], cost + _first(at)


def _exchanged(word: str) -> Iterator[tuple[str, float]]:
    for at in range(len(word) - 1):
        if word[at] != word[at + 1]:
            yield word[:at] + word[at + 1] + word[at] + word[at + 2 :], _EXCHANGED_COST + _first(at)


def _other_letter(word: str) -> Iterator[tuple[str, float]]:
    for at, letter in enumerate(word):
        before, after, more = word[:at], word[at + 1 :], _first(at)
        for other in LETTERS:
            if other != letter:
                pair = letter + other
                cost = (
                    DOTS_COST if pair in _DOTS else _NEIGHBOUR_COST if pair in _NEAR else _OTHER_COST + more
                )
                yield before + other + after, cost


def _letter_too_few(word: str) -> Iterator[tuple[str, float]]:
    for at in range(len(word) + 1):
        before, after, more = word[:at], word[at:], _first(at)
        beside = word[max(0, at - 1) : at + 1]
        for letter in LETTERS:
            cost = _DOUBLE_COST if letter in beside else _OTHER_COST
            yield before + letter + after, cost + more


def _other_sound(word: str) -> Iterator[tuple[str, float]]:
    for one, other in _SOUNDS:
        for written, sound in ((one, other), (other, one)):
            at = word.find(written)
            while at >= 0:
                yield word[:at] + sound + word[at + len(written) :], _SOUND_COST
                at = word.find(written, at + 1)
