"""The letters of a page, and accents that are drawn apart from their letters joined with them.

LaTeX without T1 fonts draws å as a ring and an a (the OT1 encoding): only 0.2 to 61 % of the words with å, ä
or ö of such files can be found unless the two are joined. The accent comes before or after its base, on
the same spot; where the places are known they decide, and else what most of a page's accents precede.
"""

import re
import unicodedata
from collections.abc import Sequence

Letter = tuple[str, float, float, float, float, float]
"""Text, left, bottom, right, top, and size: the height, or in vertical writing the width."""

TEX_CODES = {
    11: "ff", 12: "fi", 13: "fl", 14: "ffi", 15: "ffl", 16: "ı", 17: "ȷ", 18: "`", 19: "´", 20: "ˇ", 21: "˘",
    22: "¯", 23: "˚", 24: "¸", 25: "ß", 26: "æ", 27: "œ", 28: "ø", 29: "Æ", 30: "Œ", 31: "Ø", 127: "¨",
}  # fmt: skip
"""What TeX's OT1 encoding (`ot1enc.def`) has where others have control characters."""

_COMBINING = dict(
    zip(
        "¨˚´`ˆ˜¯˘˙¸˝˛ˇ^~",
        "\u0308\u030a\u0301\u0300\u0302\u0303\u0304\u0306\u0307\u0327\u030b\u0328\u030c\u0302\u0303",
        strict=True,
    )
) | {
    mark: mark
    for mark in "\u0308\u030a\u0301\u0300\u0302\u0303\u0304\u0306\u0307\u0327\u030b\u0328\u030c\u02da"
}
_COMBINING["\u02da"] = "\u030a"
_DOTLESS = {"ı": "i", "ȷ": "j"}
# Letters that an accent belongs to where only the order is known; "Lisa´s" is no ś.
_BASES = {"¨": "aeiouyAEIOUYı", "˚": "aAuU", "´": "aeiouyAEIOUYı", "`": "aeiouAEIOUı", "ˆ": "aeiouAEIOUı"} | {
    "˜": "anoANO",
    "¸": "cC",
    "ˇ": "cerszCERSZ",
}
_NEAR_SHARE = 0.5  # of the accent's width, above its base
_COMPARISONS_MAX = 1_000_000
_NO_ROOM_SHARE = 0.12  # of the letter size: no space is narrower

_FREQUENT = frozenset("aenrEA")
_TWICE_SHARE = 0.02
_TWICE_NEAR = 0.125
_CELL_PT = 8.0

_TEX_ACCENT = re.compile(r"[\x13\x17\x7f]")
_TEX_CODE = re.compile(r"[\x0b\x0c\x0e-\x1a\x1b-\x1f\x7f]|\r(?!\n)")


def drawn_once(letters: list[Letter]) -> list[Letter]:
    """Return the letters without those drawn again on nearly the same spot, as programs do for bold ones.

    Nearly: the second is at most an eighth of its size away. Where hardly two of the most frequent letters
    share a cell of a point nothing is drawn twice, and the letters are returned as they are.
    """
    frequent = [letter for letter in letters if letter[0] in _FREQUENT]
    cells = {(letter[0], int(letter[1]), int(letter[2])) for letter in frequent}
    if len(frequent) - len(cells) <= _TWICE_SHARE * len(frequent):
        return letters
    kept: list[Letter] = []
    places: dict[tuple[str, int, int], list[Letter]] = {}
    for letter in letters:
        text, x, y, size = letter[0], letter[1], letter[2], letter[5]
        if letter[3] <= x:  # the font does not say how wide it is: all stand on one spot
            kept.append(letter)
            continue
        near = size * _TWICE_NEAR
        column, row = int(x // _CELL_PT), int(y // _CELL_PT)
        neighbours = (
            other
            for across in (column - 1, column, column + 1)
            for down in (row - 1, row, row + 1)
            for other in places.get((text, across, down), ())
        )
        if not any(abs(other[1] - x) <= near and abs(other[2] - y) <= near for other in neighbours):
            kept.append(letter)
            places.setdefault((text, column, row), []).append(letter)
    return kept


def composed(base: str, accent: str) -> str:
    """Return base and accent as one letter, "" when there is no such letter."""
    mark = _COMBINING.get(accent)
    if mark is None or len(base) != 1 or not base.isalpha():
        return ""
    letter = unicodedata.normalize("NFC", _DOTLESS.get(base, base) + mark)
    return letter if len(letter) == 1 else ""


def recompose(letters: list[Letter]) -> list[Letter]:
    """Return the letters of a page with accents on their bases, in the place of the base.

    A space between the two, or before them where there is no room for one, is taken away.
    """
    if not any(letter[0] in _COMBINING for letter in letters):
        return letters
    composed_letters: list[Letter] = []
    skip_to = 0
    for index, letter in enumerate(letters):
        if index < skip_to:
            continue
        if letter[0] in _COMBINING:
            following = _next(letters, index)
            after = letters[following] if following < len(letters) else None
            if (
                after is not None
                and after[0] == letter[0]
                and abs(after[1] - letter[1]) < _NO_ROOM_SHARE * letter[5]
            ):
                skip_to = following  # drawn twice
                continue
            share = _share(letter, after)
            if after is not None and share >= max(_share(letter, _last(composed_letters)), _NEAR_SHARE):
                _add(composed_letters, (composed(after[0], letter[0]), *after[1:]))
                skip_to = following + 1
                continue
            if _compose_with_last(composed_letters, letter):
                continue
        composed_letters.append(letter)
    return _place_loose(composed_letters)


def _place_loose(letters: list[Letter]) -> list[Letter]:
    """Put accents that come elsewhere in the text, as on capitals, on the letters under them."""
    most = _COMPARISONS_MAX // max(len(letters), 1)
    loose = [index for index, letter in enumerate(letters) if letter[0] in _COMBINING][:most]
    gone: set[int] = set()
    for index in loose:
        accent = letters[index]
        shares = ((_share(accent, letter), at) for at, letter in enumerate(letters))
        share, at = max(shares, key=lambda item: item[0])
        if share >= _NEAR_SHARE:
            letters[at] = (composed(letters[at][0], accent[0]), *letters[at][1:])
            gone.add(index)
            gone.update(_spaces_around(letters, index))
    return [letter for index, letter in enumerate(letters) if index not in gone] if gone else letters


def _spaces_around(letters: Sequence[Letter], index: int) -> range:
    """Return where spaces are around an accent, if without it there is no room for one."""
    first, last = index, _next(letters, index)
    while first and letters[first - 1][0].isspace():
        first -= 1
    if not first or last == len(letters) or not _is_close(letters[first - 1], letters[last]):
        return range(0)
    return range(first, last)


def _is_close(before: Letter, letter: Letter) -> bool:
    """Return whether a letter follows another with no room for a space."""
    gap = letter[1] - before[3]
    return abs(before[2] - letter[2]) < letter[5] and -letter[5] < gap < _NO_ROOM_SHARE * letter[5]


def _next(letters: Sequence[Letter], index: int) -> int:
    """Return the index of the next letter that is no space."""
    index += 1
    while index < len(letters) and letters[index][0].isspace():
        index += 1
    return index


def _last(letters: Sequence[Letter]) -> Letter | None:
    return letters[-1] if letters else None


def _add(letters: list[Letter], letter: Letter) -> None:
    if len(letters) > 1 and letters[-1][0].isspace() and _is_close(letters[-2], letter):
        letters.pop()
    letters.append(letter)


def _compose_with_last(letters: list[Letter], accent: Letter) -> bool:
    before = _last(letters)
    if before is None or _share(accent, before) < _NEAR_SHARE:
        return False
    letters[-1] = (composed(before[0], accent[0]), *before[1:])
    return True


def _share(accent: Letter, base: Letter | None) -> float:
    """Return how much of the accent's width is over the base, 0 to 1; 0 where they make no letter."""
    if base is None or not composed(base[0], accent[0]) or not _stands_on(accent, base):
        return 0.0
    width = accent[3] - accent[1]
    if width <= 0:
        return 1.0
    common = min(accent[3], base[3]) - max(accent[1], base[1])
    return max(common, 0.0) / min(width, max(base[3] - base[1], width / 2))


def _stands_on(accent: Letter, base: Letter) -> bool:
    """Return whether both share a line, and a spot on it."""
    is_over = min(accent[3], base[3]) >= max(accent[1], base[1])
    return is_over and abs(base[2] - accent[2]) <= max(base[4] - base[2], accent[4] - accent[2])


def recompose_text(text: str) -> str:
    """Return text without places with accents put on the letters that they belong to."""
    if _TEX_ACCENT.search(text):
        text = _TEX_CODE.sub(lambda match: TEX_CODES[ord(match[0])], text)
    if not any(accent in text for accent in _BASES):
        return text
    first = _ACCENT_FIRST.sub(_compose_first, text)
    if len(_ACCENT_FIRST.findall(text)) >= len(_ACCENT_LAST.findall(text)) or not _SURE_LAST.search(text):
        return first
    return _ACCENT_LAST.sub(_compose_last, text)


_ACCENT_FIRST = re.compile("|".join(f"{accent} ?[{bases}]" for accent, bases in _BASES.items()))
# "Lisa´s" is no "Lisás": only where dots and rings come last, other accents do.
_SURE_LAST = re.compile("[aouAOU]¨|[aA]˚")
_ACCENT_LAST = re.compile("|".join(f"[{bases}]{accent}" for accent, bases in _BASES.items()))


def _compose_first(match: re.Match[str]) -> str:
    return composed(match[0][-1], match[0][0]) or match[0]


def _compose_last(match: re.Match[str]) -> str:
    return composed(match[0][0], match[0][-1]) or match[0]
