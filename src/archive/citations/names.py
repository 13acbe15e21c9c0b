"""A name as it is written becomes its parts: what stands first in a reference, and what is sorted by."""

import re

from archive.citations.item import CitedName

_ROMANCE = frozenset({"da", "das", "de", "del", "della", "di", "do", "dos", "du", "el", "la", "le"})
_GERMANIC = frozenset(
    {"af", "av", "den", "der", "des", "ten", "ter", "van", "vom", "von", "zu", "zum", "zur"}
)
_PARTICLES = _ROMANCE | _GERMANIC
_PARTICLES_OF_FAMILY = frozenset({"Af", "De", "Du", "La", "Le", "Van", "Von"})  # "De Geer" is under D
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_SPACES = re.compile(r"\s+")
_TWO = 2


def person_name(written: str) -> CitedName:
    """Return a person's name in parts: the last word is the family name, with "von" and the like before it.

    "Åkerberg, Carina" is read as it says. A name of one word has no parts, nor has one that ends
    in a number.
    """
    name = _SPACES.sub(" ", written).strip()
    if "," in name:
        return _with_comma(name)
    words = name.split(" ")
    suffix = words.pop() if len(words) > _TWO and words[-1].casefold() in _SUFFIXES else ""
    if len(words) < _TWO or any(letter.isdigit() for letter in words[-1]):  # "Deltagare 3" is nobody's family
        return CitedName(literal=name)
    if len(words) > _TWO and words[-2] in _PARTICLES_OF_FAMILY:
        return CitedName(" ".join(words[-2:]), " ".join(words[:-2]), suffix=suffix)
    first = next((at for at, word in enumerate(words[:-1]) if at and _is_particle(word)), len(words) - 1)
    if _is_particle(words[0]):  # "von Essen": no given name is known
        return CitedName(family=words[-1], particle=" ".join(words[:-1]), suffix=suffix)
    given, particle = words[:first], words[first:-1]
    if any(not _is_particle(word) for word in particle):  # "Carl von Essen Berg": the name goes on
        last = max(at for at, word in enumerate(words[:-1]) if _is_particle(word)) + 1
        return CitedName(" ".join(words[last:]), " ".join(given), " ".join(words[first:last]), suffix)
    return CitedName(words[-1], " ".join(given), " ".join(particle), suffix)


def organisation_name(written: str) -> CitedName:
    """Return an organisation's name, which has no parts."""
    return CitedName(literal=_SPACES.sub(" ", written).strip())


def _with_comma(name: str) -> CitedName:
    before, *after = (part.strip() for part in name.split(","))
    given = after[0] if after else ""
    if not before or not given:
        return CitedName(literal=name.strip(", "))
    words = before.split(" ")
    split = next((at for at, word in enumerate(words) if not _is_particle(word)), 0)
    if given.casefold() in _SUFFIXES and len(after) == 1:
        whole = person_name(before)
        return CitedName(whole.family, whole.given, whole.particle, given, whole.literal)
    suffix = after[1] if len(after) > 1 else ""
    return CitedName(" ".join(words[split:]), given, " ".join(words[:split]), suffix)


def _is_particle(word: str) -> bool:
    return word in _PARTICLES
