"""Names of people in a line of text, with what stands behind them: a role, an organisation."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archive.model.naming.phrases import is_filled_in, is_kind, is_section
from archive.review.given_names import is_given_name
from archive.review.organisation_names import is_organisation

_WORD = r"[A-ZÅÄÖÉÜØÆ][a-zåäöéèüøæóáíñç'’]+(?:-[A-ZÅÄÖÉÜØÆ][a-zåäöéèüøæóáíñç'’]+)?"
_PARTICLE = r"(?:von|af|de|van|der|den|di|da|la|le|el|al|bin|ibn)"
_GIVEN = rf"{_WORD}(?:[ ]{_WORD}|[ ][A-ZÅÄÖ]\.)?"
_WHOLE_NAME = rf"{_GIVEN}(?:[ ]{_PARTICLE}){{0,2}}[ ]{_WORD}"
_NAME = re.compile(_WHOLE_NAME + r"(?![^\W\d]|-\w)")
_BEFORE_BRACKET = re.compile(_WHOLE_NAME + r"(?=\s*\()")
_IN_BRACKETS = re.compile(r"\(([^()]{5,100})\)")
_BEFORE = re.compile(
    r"^[\W\d_]*(?:(?:av|by|med|with|presenteras av|presented by|talare|speaker|föredragande|föredragshållare"
    r"|presentatör|presenter|kontakt|contact|namn|name)\b[\s:]*)?",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"\b(?:foto|photo|fotograf|bild|bilder|image|illustration|källa|source|grafik|copyright)\w*\s*[:©]|©",
    re.IGNORECASE,
)
_CLAUSES = re.compile(r"\s+(?:och|and|&|samt)\s+|[|•;\t\n\u000b/]|\s+[-–—]+\s+")
_COMMAS = re.compile(r",\s+")
_ROLE = re.compile(
    r"""\w*(?:ägare|ledare|chef|strateg|ansvarig|arkivarie|utvecklare|konsult|professor|lektor|doktor|doktorand
      |direktör|sekreterare|samordnare|rådgivare|analytiker|arkitekt|jurist|ordförande|forskare|handläggare|specialist
      |expert|ingenjör|utredare|koordinator|administratör|redaktör|lärare|planerare|kommunikatör|ekonom|docent
      |manager|officer|director|advisor|researcher|lead|head|engineer|architect|developer|coordinator|consultant
      |president|vd|ceo|cto|cio)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_DIGITS_AND_SIGNS = " \t0123456789.,:;*†‡"
_ROLE_MAX_WORDS = 8


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """A person named in a text. `role` and `organisation` stand beside the name, "" where nothing does."""

    name: str
    role: str = ""
    organisation: str = ""

    @property
    def has_known_given_name(self) -> bool:
        """Return whether the name begins with a given name that many people have."""
        return is_given_name(self.name.split()[0])


def people_in(text: str) -> Iterator[NamedPerson]:
    """Yield the people whose names begin a line or a part of it, or stand before a bracket, in order."""
    for line in text.splitlines():
        if _CREDIT.search(line):
            continue
        brackets = (bracket[1] for bracket in _IN_BRACKETS.finditer(line))
        for clause in (*_clauses(line), *(brackets if "(" in line else ())):
            person = _person(_BEFORE.sub("", clause, count=1).strip()) or _before_bracket(clause)
            if person is not None:
                yield person


def _clauses(line: str) -> Iterator[str]:
    """Yield the parts of a line that may name somebody: "Anna Ek, Per Ek" has two, "Anna Ek, SCB" one."""
    for part in _CLAUSES.split(line):
        clause, *others = _COMMAS.split(part)
        for other in others:
            if _NAME.match(other) and not is_organisation(other.partition("(")[0].strip()):
                yield clause
                clause = other
            else:
                clause = f"{clause}, {other}"
        yield clause


def role_of(text: str) -> str:
    """Return a short text that says what somebody does, "" for any other."""
    line = " ".join(text.split()).strip(" ,;-–()")
    is_role = _ROLE.search(line) is not None and len(line.split()) <= _ROLE_MAX_WORDS
    return line if is_role and "@" not in line else ""


def _person(clause: str) -> NamedPerson | None:
    match = _NAME.match(clause)
    if match is None:
        return None
    words = match.group().split()
    kept = _without_role(words)
    name = " ".join(kept)
    if len(kept) < 2 or not _looks_like_name(name):
        return None
    rest = clause[len(name) :].strip()
    if rest and rest[0].islower() and not _ROLE.match(rest) and "@" not in rest.split()[0]:
        return None  # a sentence that begins with a name tells of somebody
    return NamedPerson(name, *_beside(rest))


def _before_bracket(clause: str) -> NamedPerson | None:
    """Return the person named last before a bracket: "Vad är ett datalabb Vanja Carlén (CLOSER)"."""
    match = next(_BEFORE_BRACKET.finditer(clause), None)
    person = None if match is None else _person(clause[match.start() :])
    return person if person is not None and person.has_known_given_name else None


def _without_role(words: list[str]) -> list[str]:
    """Return the words of a name before the first that is a role or an organisation."""
    end = next((at for at, word in enumerate(words) if at and _ROLE.fullmatch(word)), len(words))
    return words[:end]


def _looks_like_name(name: str) -> bool:
    is_phrase = is_section(name) or is_kind(name) or is_filled_in(name)
    return not is_phrase and not is_organisation(name) and _ROLE.search(name) is None


def _beside(rest: str) -> tuple[str, str]:
    """Return role and organisation behind a name: "(SCB)", ", strateg, Region Gävleborg"."""
    inside = re.match(r"[(\[]([^)\]]{2,80})[)\]]", rest)
    if inside:
        return ("", inside[1].strip()) if not role_of(inside[1]) else (role_of(inside[1]), "")
    split = re.split(r",|\s[-–]\s|\(", rest)
    parts = [part.strip(_DIGITS_AND_SIGNS + "-–()") for part in split if "@" not in part]
    role = next((found for part in parts if (found := role_of(part))), "")
    organisation = next((part for part in parts if part and part != role and is_organisation(part)), "")
    return role, organisation
