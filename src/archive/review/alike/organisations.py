"""How likely two names are those of one organisation."""

import re
from dataclasses import dataclass
from functools import lru_cache

from archive.review.alike.words import is_slip, words

_SMALL_WORDS = "ab aktiebolag hb kb publ ek för förening inc ltd llc gmbh as oy i och of the and at län läns"
_LEFT_OUT = frozenset(_SMALL_WORDS.split())
_ALSO = {
    "university": "universitet",
    "municipality": "kommun",
    "sörmland": "södermanland",
    "kungl": "kunglig",
    "kgl": "kunglig",
}
_ENDINGS = ("arna", "erna", "orna", "an", "en", "et", "a", "e")
_STEM_MIN_CHARS = 5
_IN_BRACKETS = re.compile(r"\(([^()]*)\)")
_ACRONYM = re.compile(r"[A-ZÅÄÖ]{2,6}")
_ACRONYM_MIN_CHARS = 3

_SAME, _JOINED, _SHORT_FORM, _ACRONYM_OF, _SLIP = 1.0, 0.97, 0.95, 0.92, 0.9


@dataclass(frozen=True, slots=True)
class OrganisationName:
    """The stems of a name in order, the words they are of, and the acronyms that stand in it.

    `alone`: the name is nothing but an acronym.
    """

    stems: tuple[str, ...]
    words: tuple[str, ...]
    acronyms: frozenset[str]
    alone: bool = False


@lru_cache(maxsize=1 << 15)
def organisation_name(name: str) -> OrganisationName:
    """Return the parts of a name as they are compared: "Kungliga Tekniska högskolan (KTH)" has an acronym."""
    inside = [part.strip() for part in _IN_BRACKETS.findall(name)]
    outside = " ".join(_IN_BRACKETS.sub(" ", name).split())
    acronyms = {part for part in inside if _ACRONYM.fullmatch(part)}
    tokens = outside.split()
    if len(tokens) > 2 and (_is_acronym(tokens[0]) and _spells(tokens[0], words(" ".join(tokens[1:])))):
        acronyms.add(tokens[0])
        outside = " ".join(tokens[1:])
    alone = _ACRONYM.fullmatch(outside) is not None
    if alone:
        acronyms.add(outside)
    whole = words(outside)
    kept = [word for word in whole if word not in _LEFT_OUT] or whole
    return OrganisationName(
        tuple(map(stem, kept)) if len(kept) > 1 else (_undeclined(kept[0]),),
        tuple(kept),
        frozenset(acronyms),
        alone,
    )


def organisation_likeness(one: OrganisationName, other: OrganisationName) -> float:
    """Return how likely two names are one organisation's, from 0 to 1.

    The words may stand in any order and form ("Region Gävleborg", "Gävleborgsregionen" not), without legal
    forms and "län"; one may be the acronym of the other.
    """
    if sorted(one.stems) == sorted(other.stems):
        return _SAME
    if "".join(one.stems) == "".join(other.stems):
        return _JOINED
    if one.alone or other.alone:
        return _of_acronyms(one, other)
    return _SLIP if _has_slip(one, other) else 0.0


@lru_cache(maxsize=1 << 15)
def stem(word: str) -> str:
    """Return a word without the ending of the definite form and the genitive: "regionens" → "region"."""
    word = _undeclined(word)
    shortened = True
    while shortened:
        shortened = False
        for ending in _ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= _STEM_MIN_CHARS:
                word, shortened = word[: -len(ending)], True
                break
    return _ALSO.get(word, word)


def _undeclined(word: str) -> str:
    """Return a word without the genitive. A word alone keeps its other ending: Sandvik is not Sandviken."""
    word = _ALSO.get(word, word)
    return word[:-1] if len(word) > _STEM_MIN_CHARS and word.endswith("s") else word


def _of_acronyms(one: OrganisationName, other: OrganisationName) -> float:
    if one.acronyms & other.acronyms:
        return _SHORT_FORM
    for short, long in ((one, other), (other, one)):
        if short.alone and not long.alone and any(_spells(name, long.words) for name in short.acronyms):
            return _ACRONYM_OF
    return 0.0


def _is_acronym(text: str) -> bool:
    return _ACRONYM.fullmatch(text) is not None and len(text) >= _ACRONYM_MIN_CHARS


def _spells(acronym: str, of: tuple[str, ...] | list[str]) -> bool:
    """Return whether each word begins with a letter of an acronym in order, other letters being inside.

    "SCB" is "Statistiska centralbyrån"; at most one letter in two may be inside a word.
    """
    letters = acronym.casefold()
    kept = [word for word in of if word not in _LEFT_OUT]
    if len(letters) < _ACRONYM_MIN_CHARS or len(kept) < 2:
        return False
    inside, at = 0, 0
    for word in kept:
        if at >= len(letters) or word[0] != letters[at]:
            return False
        at, place = at + 1, 1
        following = {later[0] for later in kept[kept.index(word) + 1 :]}
        while at < len(letters) and letters[at] not in following:
            place = word.find(letters[at], place) + 1
            if place <= 0:
                return False
            at, inside = at + 1, inside + 1
    return at == len(letters) and inside * 2 <= len(letters)


def _has_slip(one: OrganisationName, other: OrganisationName) -> bool:
    """Return whether all words but one are the same, and that one has a slip of the pen."""
    if len(one.stems) != len(other.stems):
        return False
    left = [word for word in one.stems if word not in other.stems]
    right = [word for word in other.stems if word not in one.stems]
    return len(left) == len(right) == 1 and len(left[0]) > _STEM_MIN_CHARS and is_slip(left[0], right[0])
