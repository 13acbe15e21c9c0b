"""Compounds that share a part: "industri- och exportfrågor" also means industrifrågor, "skogsägare och
-brukare" also skogsbrukare. And words that a hyphen joins: "klimat-anpassning" also means klimatanpassning.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.analysis.compounds.splitter import Splitter
from archive.analysis.tokenizer import surface

_BETWEEN = re.compile(r"-?\s*[,/]?\s*-?")
_LINKING_WORDS = frozenset(["och", "eller", "samt", "respektive", "resp", "som", "&", "and", "or"])
_LISTED_MAX = 6
_JOINED_MIN_CHARS = 3


@dataclass(frozen=True, slots=True)
class ImpliedCompound:
    """A compound that a text means without writing it in one piece.

    `position` is that of the written word it is found at (`industri`); `start` and `end` are characters in
    the text.
    """

    word: str
    position: int
    start: int
    end: int


PlacedWord = tuple[str, int, int]
"""A word as it stands in the text, its start and its end."""


def implied_compounds(
    text: str, places: Sequence[PlacedWord], splitter: Splitter
) -> Iterator[ImpliedCompound]:
    """Yield the compounds meant by a text's hyphens. `places` are all words of the text in order."""
    for position, (word, start, end) in enumerate(places):
        if text[end : end + 1] == "-" and word[-1].isalpha():
            if text[end + 1 : end + 2].isalnum():
                yield from _hyphenated(places, position, splitter)
            elif head := _head_after(text, places, position, splitter):
                yield ImpliedCompound(surface(word) + head, position, start, end + 1)
        is_hanging = start and text[start - 1] == "-" and not text[max(0, start - 2)].isalnum()
        if is_hanging and word[0].isalpha() and (left := _left_before(text, places, position, splitter)):
            yield ImpliedCompound(left + surface(word), position, start - 1, end)


def _hyphenated(places: Sequence[PlacedWord], position: int, splitter: Splitter) -> Iterator[ImpliedCompound]:
    """Yield the two words in one where that is a compound: not for `Stockholm-Arlanda`."""
    if position + 1 >= len(places):
        return
    (first, start, _), (second, _, end) = places[position], places[position + 1]
    left, right = surface(first), surface(second)
    if min(len(left), len(right)) >= _JOINED_MIN_CHARS and splitter.halves(left + right)[0] == left:
        yield ImpliedCompound(left + right, position, start, end)


def _head_after(text: str, places: Sequence[PlacedWord], position: int, splitter: Splitter) -> str:
    """Return the last part that a hanging first part shares with the next whole word, or ""."""
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
    """Return the first part that a word with a leading hyphen shares with the last whole word before it."""
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
