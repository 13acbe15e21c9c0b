"""The pairs of thousands of names that are alike: only those that share a key are compared."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product

from archive.model.names import NameEntry, NameKind
from archive.review.alike.organisations import organisation_likeness, organisation_name
from archive.review.alike.people import person_likeness, person_name
from archive.review.alike.words import sound

LIKENESS_MIN = 0.85
_STANDS_BESIDE = 0.06
_FITS_SEVERAL = 0.06
_ACRONYMS = "@"
_BLOCK_MAX = 400
"""Keys that more names share say nothing."""


@dataclass(frozen=True, slots=True)
class AlikePair:
    """Two names that may be of one; `likeness` from 0 to 1. `is_beside`: both stand with the same third."""

    one: NameEntry
    other: NameEntry
    likeness: float
    is_beside: bool = False


def alike_pairs(kind: NameKind, entries: Collection[NameEntry]) -> tuple[AlikePair, ...]:
    """Return the pairs that are alike, the likeliest first.

    What both stand beside (a person's organisation, an organisation's people) makes it likelier; an initial
    that fits several given names makes it less likely.
    """
    likeness, keys = _MEASURES[kind]
    pairs = []
    for one, other in _candidates(entries, keys):
        found = likeness(one.name, other.name)
        is_beside = bool(one.beside & other.beside)
        if found and is_beside:
            found = min(1.0, found + _STANDS_BESIDE)
        if found >= LIKENESS_MIN:
            pairs.append(AlikePair(one, other, round(found, 3), is_beside))
    if kind is NameKind.PERSON:
        pairs = _without_doubt(pairs)
    return tuple(sorted(pairs, key=lambda pair: (-pair.likeness, pair.one.name, pair.other.name)))


def likeness_of(kind: NameKind, one: str, other: str) -> float:
    """Return how likely two names are of one, by the names alone."""
    return _MEASURES[kind][0](one, other)


def _candidates(
    entries: Iterable[NameEntry], keys: Callable[[str], Iterator[str]]
) -> Iterator[tuple[NameEntry, NameEntry]]:
    blocks: defaultdict[str, list[NameEntry]] = defaultdict(list)
    for entry in entries:
        for key in set(keys(entry.name)):
            blocks[key].append(entry)
    seen: set[tuple[str, str]] = set()
    for key, block in blocks.items():
        for one, other in _pairs_of(key, block):
            pair = (one.id, other.id)
            if pair not in seen:
                seen.add(pair)
                yield one, other


def _pairs_of(key: str, block: Sequence[NameEntry]) -> Iterable[tuple[NameEntry, NameEntry]]:
    """Return the pairs of a block to compare: of acronyms and what they may be short for, one of each."""
    if not key.startswith(_ACRONYMS):
        return combinations(block, 2) if len(block) <= _BLOCK_MAX else ()
    short = [entry for entry in block if organisation_name(entry.name).alone]
    return product(short, (entry for entry in block if not organisation_name(entry.name).alone))


def _without_doubt(pairs: Iterable[AlikePair]) -> list[AlikePair]:
    """Leave out initials that fit several people, but where they stand beside the same organisation."""
    fits: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
    found = list(pairs)
    for pair in found:
        for short, long in ((pair.one, pair.other), (pair.other, pair.one)):
            if person_name(short.name).has_initials and not person_name(long.name).has_initials:
                fits[short.id].add(tuple(sorted(map(sound, person_name(long.name).words))))
    kept = []
    for pair in found:
        is_unsure = any(len(fits[entry.id]) > 1 for entry in (pair.one, pair.other))
        if is_unsure and not pair.is_beside:
            pair = replace(pair, likeness=round(pair.likeness - _FITS_SEVERAL, 3))
        if pair.likeness >= LIKENESS_MIN:
            kept.append(pair)
    return kept


def _person_keys(name: str) -> Iterator[str]:
    """Yield a word and how another begins or ends: a slip changes one, an initial keeps a letter."""
    words = person_name(name).words
    yield "=" + "".join(sorted(words))
    yield "=" + "".join(words)
    for word in words:
        if len(word) > 1:
            for other in words:
                if other is not word:
                    yield f"{sound(word)} {sound(other)[0]}"
                    yield f"{sound(word)} -{sound(other)[-2:]}"


def _organisation_keys(name: str) -> Iterator[str]:
    """Yield all words but one, and how that one begins or ends: a slip changes one alone."""
    known = organisation_name(name)
    whole = "".join(sorted(known.stems))
    yield "=" + whole
    yield "=" + "".join(known.stems)
    yield from (f"#{acronym}" for acronym in known.acronyms)
    in_order = sorted(known.stems)
    for at, word in enumerate(in_order):
        rest = " ".join([*in_order[:at], *in_order[at + 1 :]])
        yield f"{rest} <{word[:3]}"
        yield f"{rest} >{word[-3:]}"
    if known.alone:
        for letters in map(str.casefold, known.acronyms):
            yield from (f"{_ACRONYMS}{letters[0]}{letter}" for letter in letters[1:])
    elif len(known.words) > 1:
        yield f"{_ACRONYMS}{known.words[0][0]}{known.words[-1][0]}"


def _person_likeness(one: str, other: str) -> float:
    return person_likeness(person_name(one), person_name(other))


def _organisation_likeness(one: str, other: str) -> float:
    return organisation_likeness(organisation_name(one), organisation_name(other))


_MEASURES: dict[NameKind, tuple[Callable[[str, str], float], Callable[[str], Iterator[str]]]] = {
    NameKind.PERSON: (_person_likeness, _person_keys),
    NameKind.ORGANISATION: (_organisation_likeness, _organisation_keys),
}
