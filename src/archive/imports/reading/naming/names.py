"""Where people are named in a text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from archive.imports.reading.naming.given_names import is_given_name
from archive.imports.reading.naming.name_runs import (
    INITIAL,
    NameToken,
    behind_organisation,
    runs_in,
    without_lead,
    without_owner,
    without_rest,
    without_school,
)
from archive.imports.reading.naming.name_words import NOT_NAMES, SURNAMES
from archive.imports.reading.naming.organisations import is_organisation_tail, is_organisation_word
from archive.imports.reading.naming.roles import is_role, is_role_word, title_of
from archive.review.folding import joined

_OWNED = re.compile(
    r"(?:presentation|bild(?:er|spel)|föreläsning|föredrag|åhörarkopior|power ?point|slides|material|ppt"
    r"|film)",
    re.IGNORECASE,
)
_ALSO_SURNAMES = frozenset(("kraft", "skog", "park", "bank", "bruk", "stad", "press", "group", "fond"))
_JOINED = re.compile(r"\s(?:och|samt|&)\s")
_BEFORE_COUPLE = re.compile(r"(?:(\S+)\s|^)([A-ZÅÄÖ][\w-]+)\s(?:och|&|samt)\s$")
_DEGREE = re.compile(
    r"(?:^|[\s(,])((?:(?:fil|agr|tekn|med|teol|jur|ekon|pol|vet|farm|civ)\.?\s?(?:dr|doktor|lic|kand|mag"
    r"|master|stud|ing)\.?"
    r"|ing\.)\s)$",
    re.IGNORECASE,
)
_ROLE_BEFORE = re.compile(r"\s*[\w-]+(?:\s[a-zåäö-]+){0,3},\s")
_DOUBLE = re.compile(r"[A-ZÅÄÖ][a-zåäöéü]{2,}-[A-ZÅÄÖ][a-zåäöéü]{2,}")  # of "Kersti Jobs-Björk"
_TOKENS_MAX = 5
KNOWN, LIKELY, POSSIBLE = 0.96, 0.85, 0.6


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name in a text: letters `start` to `end`, the name without nickname, titles before it.

    `title_start` is where titles before the name begin, `role` what they say ("Professor"), `certainty` how
    sure it is that a person is named.
    """

    start: int
    end: int
    text: str
    certainty: float
    title_start: int
    role: str = ""


@lru_cache(maxsize=1024)
def names_in(text: str, known: frozenset[str] = frozenset()) -> tuple[Name, ...]:
    """Return the people that a text names, in order; `known` are names, written together and folded."""
    text = text.replace("_", "\t").replace(".-", ". ")
    return tuple(_with_couples(text, [name for run in runs_in(text) for name in _names(text, run, known)]))


def _with_couples(text: str, names: list[Name]) -> Iterator[Name]:
    """Yield names, and before one the given name that shares its surname: "Ida och Bo Ek"."""
    end, is_sure = 0, False
    for name in names:
        match = _BEFORE_COUPLE.search(text, end, name.title_start) if name.certainty >= KNOWN else None
        is_free = match is not None and (not (match[1] or "a")[:1].isupper() or match[1][-1] in ".,:;!?")
        is_free = is_free or (match is not None and match.start() == 0)  # "Värdparet Malin och Per Ek"
        if match is not None and is_free and is_given_name(match[2]):
            both = f"{match[2]} {name.text.split()[-1]}"
            yield Name(match.start(2), match.end(2), both, LIKELY, match.start(2))
        is_joined = end and name.certainty == POSSIBLE and _JOINED.fullmatch(text[end : name.title_start])
        yield replace(name, certainty=LIKELY) if is_joined and is_sure else name
        end, is_sure = name.end, name.certainty >= KNOWN


def _names(text: str, run: list[NameToken], known: frozenset[str]) -> Iterator[Name]:
    run = without_owner(run)
    title_start, role = run[0].start, ""
    while run and (title := title_of(text[run[0].start : run[0].end + 1].strip())) is not None:
        role = title or role
        run = run[1:]
    is_led = False
    if run:
        first = run[0].start
        lead = run[0].text
        run, start = without_lead(run)
        title_start = start if start > first else title_start
        is_led = start > first and is_role_word(lead)
    behind = behind_organisation(run)
    if behind is not None:
        yield from _names(text, behind, known)
        return
    whole, run = run, without_school(text, without_rest(run))
    words = [token for token in run if not token.is_extra]
    full = [token for token in words if not token.is_particle and not INITIAL.fullmatch(token.text)]
    if len(full) < 2 or len(words) > _TOKENS_MAX + 2 or INITIAL.fullmatch(words[0].text):
        return
    if full[0] is not words[0] or len(full) > _TOKENS_MAX:
        return
    name = " ".join(token.text for token in words)
    certainty = _certainty([token.text for token in full], name, known)
    if certainty == POSSIBLE and any(is_organisation_word(token.text) for token in whole[len(run) :]):
        return  # "Hästnäringens Nationella Stiftelse"
    has_particle = any(token.is_particle for token in words[1:])
    if certainty == POSSIBLE and (has_particle or is_led or _is_beside_role(text, run)):
        certainty = LIKELY
    yield from _named(text, run, Name(0, run[-1].end, name, certainty, title_start, role))


def _named(text: str, run: list[NameToken], name: Name) -> Iterator[Name]:
    """Yield a name where it is one, by what stands behind it and before it."""
    following = text[name.end :].split(None, 1)[:1]
    is_tail = bool(following) and text[name.end : name.end + 1] == " " and is_organisation_tail(following[0])
    is_form = is_tail and (name.certainty < KNOWN or following[0].strip("(),.;:").isupper())
    start = min(name.title_start, run[0].start)
    if not name.certainty or is_form or _is_firm(text, start, run[0].start, name.certainty):
        return
    is_owner = bool(following) and _OWNED.match(following[0]) is not None and name.text.endswith("s")
    degree = _DEGREE.search(text[: run[0].start])
    yield Name(
        run[0].start,
        name.end - is_owner,  # "Anna Eks bilder"
        name.text[:-1] if is_owner else name.text,
        name.certainty,
        degree.start(1) if degree else start,
        name.role,
    )


def _is_firm(text: str, start: int, name_start: int, certainty: float) -> bool:
    """Return whether a doubtful name stands behind a role and its comma: "Vd, Visit Mitt"."""
    if certainty != POSSIBLE:
        return False
    is_behind = _ROLE_BEFORE.fullmatch(text[:start]) is not None and is_role(text[:start].strip(" ,"))
    return is_behind or "," in text[start:name_start]


def _is_beside_role(text: str, run: list[NameToken]) -> bool:
    """Return whether a role stands right before a name, in small letters, or behind its comma."""
    before = text[: run[0].start].split()[-1:]
    if (
        before
        and not text[: run[0].start].strip().replace(before[0], "")
        and before[0].endswith(("n", "rna"))
    ):
        before = [before[0].lower()]  # "Forskaren Annbritt Ek" begins a sentence
    behind = re.match(
        r"\s?[,(]\s?(?:som\s(?:är|arbetar\ssom|jobbar\ssom)\s)?([a-zåäö]\S+?)[\s,.)]",
        text[run[-1].end :] + " ",
    )
    words = [*before, *([behind[1]] if behind else [])]
    return any(word[:1].islower() and word[-1:] not in ".,:!?" and is_role_word(word) for word in words)


def _told(words: list[str]) -> list[str]:
    """Return the words that tell an organisation from a person: "Kraft" behind a given name is a surname."""
    is_surname = words[-1].lower() in _ALSO_SURNAMES and (is_given_name(words[0]) or "-" in words[0])
    return words[:-1] if is_surname else words


def _certainty(words: list[str], name: str, known: frozenset[str]) -> float:
    """Return how sure a person is named; 0 where none is."""
    if joined(name) in known:
        return 1.0
    lowered = [word.lower() for word in words]
    if any(word in NOT_NAMES for word in lowered) or any(map(is_organisation_word, _told(words))):
        return 0.0
    if any(is_role_word(word) for word in words):
        return 0.0
    if is_given_name(words[0]):
        return KNOWN
    is_double = _DOUBLE.fullmatch(words[-1]) is not None and not any(
        map(is_organisation_word, words[-1].split("-"))
    )
    if (
        is_double
        or any(is_given_name(word) for word in words[:-1])
        or any(map(SURNAMES.fullmatch, words[-1].split("-")))
    ):
        return LIKELY
    return POSSIBLE
