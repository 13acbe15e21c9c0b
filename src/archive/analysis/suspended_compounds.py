"""Suspended compounds: "industri- och exportfrågor" implies industrifrågor, "skogsägare och -brukare" implies
skogsbrukare. And hyphenated ones: "klimat-anpassning" implies klimatanpassning.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.analysis.compounds.splitter import Splitter
from archive.analysis.tokenizer import surface

_BETWEEN = re.compile(r"-?\s*[,/]?\s*-?")
_LINKING_WORDS = frozenset(["och", "eller", "samt", "respektive", "resp", "som", "&", "and", "or"])
_LISTED_MAX = 6
_HYPHENATED_MIN_CHARS = 3


@dataclass(frozen=True, slots=True)
class ImpliedCompound:
    """A compound that a text implies without writing it as one word.

    `position` is that of the incomplete word (`industri`); `start` and `end` are characters in the text.
    """

    word: str
    position: int
    start: int
    end: int


PlacedWord = tuple[str, int, int]
"""A word as written in the text, its start and its end (characters)."""


def implied_compounds(
    text: str, places: Sequence[PlacedWord], splitter: Splitter
) -> Iterator[ImpliedCompound]:
    """Yield the compounds that a text's hyphens imply.

    Args:
        text: The whole text.
        places: All words of the text in order.
        splitter: Divides the complete compound of which a part is shared.
    """
    for position, (word, start, end) in enumerate(places):
        if text[end : end + 1] == "-" and word[-1].isalpha():
            if text[end + 1 : end + 2].isalnum():
                yield from _hyphenated(places, position, splitter)
            elif head := _head_after(text, places, position, splitter):
                yield ImpliedCompound(surface(word) + head, position, start, end + 1)
        is_suspended = start and text[start - 1] == "-" and not text[max(0, start - 2)].isalnum()
        if is_suspended and word[0].isalpha() and (left := _left_before(text, places, position, splitter)):
            yield ImpliedCompound(left + surface(word), position, start - 1, end)


def _hyphenated(places: Sequence[PlacedWord], position: int, splitter: Splitter) -> Iterator[ImpliedCompound]:
    """Yield two hyphenated words as one where that is a compound: not for `Stockholm-Arlanda`."""
    if position + 1 >= len(places):
        return
    (first, start, _), (second, _, end) = places[position], places[position + 1]
    left, right = surface(first), surface(second)
    if min(len(left), len(right)) >= _HYPHENATED_MIN_CHARS and splitter.halves(left + right)[0] == left:
        yield ImpliedCompound(left + right, position, start, end)


def _head_after(text: str, places: Sequence[PlacedWord], position: int, splitter: Splitter) -> str:
    """Return the last part that a suspended first part shares with the next complete word, or ""."""
    linked, previous = False, places[position]
    for place in places[position + 1 : position + 1 + _LISTED_MAX]:
        between = text[previous[2] : place[1]]
        if not _BETWEEN.fullmatch(between):
            return ""
        word, previous = surface(place[0]), place
        linked = linked or word in _LINKING_WORDS or "," in between or "/" in between
        if word not in _LINKING_WORDS and text[place[2] : place[2] + 1] != "-":
            return splitter.halves(word)[1] if linked else ""
    return ""


def _left_before(text: str, places: Sequence[PlacedWord], position: int, splitter: Splitter) -> str:
    """Return the first part that a word with a leading hyphen shares with the last complete word before
    it.
    """
    linked, following = False, places[position]
    for place in reversed(places[max(0, position - _LISTED_MAX) : position]):
        between = text[place[2] : following[1]]
        if not _BETWEEN.fullmatch(between):
            return ""
        word, following = surface(place[0]), place
        linked = linked or word in _LINKING_WORDS or "," in between or "/" in between
        if word not in _LINKING_WORDS and text[max(0, place[1] - 1)] != "-":
            left, right = splitter.halves(word)
            return left if linked and right else ""
    return ""
