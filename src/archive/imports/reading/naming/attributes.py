"""What stands beside a name: "strateg, Region X", "(SCB)", "vid SLU", "Region X läns strateg"."""

import re
from dataclasses import dataclass, replace

from archive.imports.reading.naming.organisations import (
    is_party,
    is_surely_organisation,
    may_be_organisation,
    organisation_end,
)
from archive.imports.reading.naming.role_parts import (
    CALLED,
    TELLS,
    parts_of,
    span_of,
    split_role,
    without_party,
)
from archive.imports.reading.naming.roles import are_roles, is_role
from archive.imports.reading.naming.verbs import FINITE
from archive.imports.reading.pieces import Piece

_COLON = re.compile(r"(?<=\w\w):\s(?=[A-ZÅÄÖ”\"])")  # "strateg, SLU: Sjöarna"
_BRACKET = re.compile(r"\s*[(\[]([^()\[\]]{1,120})[)\]]?")


_THE_SAME = re.compile(
    r"samma (?:organisation|företag|kommun|region|myndighet|förening|universitet|arbetsplats|skola|enhet"
    r"|förvaltning|institut|bolag|museum)"
)
_BOTH = re.compile(r"^(?:båda|bägge|alla|samtliga|both|all)\s+(?:(?:från|vid|på|from|at)\s+)?", re.IGNORECASE)


_AT_END = re.compile(r"(?:från|vid|på|hos|from|at)\s*$")
_LEADING = re.compile(
    r"^\s*(?:(?:,|tidigare(?=\s(?:på|vid|hos))|numera(?=\s(?:på|vid|hos))|–|—|-|:|\||\t|från\b|vid\b"
    r"|på\b|hos\b|from(?:\sthe)?\b|at(?:\sthe)?\b|of\b"
    r"|(?:som\s)?(?:(?:till vardags|i dag|numera|nu)\s)?(?:är|arbetar som|jobbar som"
    r"|verkar som)\b(?=\s[a-zåäö]))\s*)+"
)


_CLAUSE = re.compile(
    r"\s*,?\s(?:(?:som|vilka)\s|(?=(?:driver|äger|grundade)\s[A-ZÅÄÖ]))(?:(?:tillsammans|båda|till\svardags|numera|sedan\s\d{4}|i\sdag|nu|också)\s)*"
    r"(?:driver|äger|leder|grundade|har\sgrundat|har\sstartat|startade|arbetar|jobbar|verkar|forskar"
    r"|är\sverksamma?)\s"
    r"(?:(?:om|kring|med|inom|i)\s[a-zåäö][a-zåäö -]{2,60}?\s(?=(?:på|vid|hos)\s))?"
    r"(?:(?:på|vid|hos|i|för|inom)\s)?(?:[a-zåäö-]+(?:et|en|an)\s)?(?P<firm>[A-ZÅÄÖ][^,.;:()]{1,60}?)"
    r"(?=\s*(?:[,.;:)]|$)|\soch\s[a-zåäö])"
)
_VERB = re.compile(rf"(?:som\s)?{FINITE}\s")
_FIRM_WORDS = 6
_NAMED = re.compile(r"[A-ZÅÄÖ][\w&-]*(?:\s[\w&-]+){0,4}")  # in brackets behind a name
_REMARK = re.compile(
    r"^(?:via\b.*|digitalt|på länk|per länk|online|distans|video|on video|tbc|inspelad.*|moderator"
    r"|inställt|pdf.*|ppt.*|\d.*)$",
    re.IGNORECASE,
)


_COUNTRIES_TEXT = """
norge danmark finland island sverige norway denmark finland sweden tyskland estland
"""
_COUNTRIES = frozenset(_COUNTRIES_TEXT.split())


_LAST_REMARK = re.compile(r"\s*\((?:[a-zåäö]|\d+\s?(?:min|sid|MB|kB)|[A-Z]{1,2}\)|\s)[^()]*\)?$|\s*\(\s*\)")


@dataclass(frozen=True, slots=True)
class Attributes:
    """What stands beside a name. `rest` is what is neither role nor organisation, None for nothing."""

    role: Piece | None = None
    organisation: Piece | None = None
    is_shared: bool = False
    rest: Piece | None = None


def attributes_of(piece: Piece) -> Attributes:
    """Return the role and the organisation in what stands behind a name; a colon ends both."""
    colon = _COLON.search(piece.text)
    if colon is None:
        return _attributes(piece)
    return replace(_attributes(piece.part(0, colon.start())), rest=_rest(piece.part(colon.end())))


def _attributes(piece: Piece) -> Attributes:
    bracket = _BRACKET.match(piece.text)
    if bracket:
        inside = piece.part(bracket.start(1), bracket.end(1)).stripped()
        rest = piece.part(bracket.end())
        if is_party(inside.text) or _REMARK.match(inside.text):
            return attributes_of(rest)
        found = _of_parts(inside)
        if found.role is None and found.organisation is None and _NAMED.fullmatch(inside.text):
            found = Attributes(organisation=inside)
        follows = attributes_of(rest) if re.match(r"\s*,", rest.text) else Attributes(rest=_rest(rest))
        return Attributes(
            found.role or follows.role,
            found.organisation or follows.organisation,
            found.is_shared,
            follows.rest,
        )
    clause = _CLAUSE.match(piece.text)
    if clause is not None and may_be_organisation(clause["firm"].strip()):
        firm = piece.part(clause.start("firm"), clause.end("firm"))
        return Attributes(organisation=firm, rest=_rest(piece.part(clause.end())))
    leading = _LEADING.match(piece.text)
    follows_directly = leading is None
    found = _of_parts(piece.part(leading.end() if leading else 0))
    goes_on = leading is not None and _AT_END.search(leading.group()) is not None
    if leading and goes_on and found.role is None and found.organisation is None:
        return _begins_with_organisation(piece.part(leading.end()))
    if follows_directly and found.role is not None and not is_role(found.role.text):
        return Attributes(rest=_rest(piece))
    if follows_directly and found.role is None and found.organisation is not None:
        is_sure = is_surely_organisation(found.organisation.text)
        return found if is_sure else Attributes(rest=_rest(piece))
    return found


def _begins_with_organisation(piece: Piece) -> Attributes:
    """Return the organisation in "vid Karlstads universitet resultaten från …": the sentence goes on."""
    end = organisation_end(piece.text)
    rest = _rest(piece.part(end))
    return Attributes(organisation=piece.part(0, end), rest=rest) if end else Attributes(rest=rest)


def _rest(piece: Piece) -> Piece | None:
    stripped = piece.stripped(" \t,;.")
    return stripped if stripped.text else None


def _of_parts(piece: Piece) -> Attributes:
    """Return role and organisation of a text whose parts are parted by commas."""
    piece = piece.stripped(" \t\n,;.|–—-")
    piece = without_party(piece)
    remark = _LAST_REMARK.search(piece.text)
    piece = piece.part(0, remark.start()) if remark else piece
    if not piece.text or _REMARK.match(piece.text):
        return Attributes()
    both = _BOTH.match(piece.text)
    if both:
        shared = _of_parts(piece.part(both.end()))  # "båda studievägledare vid Komvux"
        if shared.role is None:
            shared = Attributes(organisation=shared.organisation or piece.part(both.end()))
        return replace(shared, is_shared=True)
    parts = parts_of(piece)
    first = parts[0]
    role, organisation = split_role(first)
    if role is None and organisation is None and _is_beside_verb(parts):
        return Attributes(organisation=first, rest=piece.part(parts[1].start - piece.start))
    if role is None and organisation is None:
        return Attributes(rest=piece)
    at = 1
    is_double = len(parts) > 1 and is_role(parts[1].text) and not may_be_organisation(parts[1].text)
    if organisation is None and is_double:
        second, organisation = split_role(parts[1])
        role, at = span_of(piece, first, second or parts[1]) if second else role, 2
    return _with_tail(piece, role, organisation, parts[at:])


def _is_beside_verb(parts: list[Piece]) -> bool:
    """Return whether a part stands where the organisation does, between the name and the verb."""
    text = parts[0].text
    is_named = text[:1].isupper() and ":" not in text and len(text.split()) <= _FIRM_WORDS
    is_named = is_named and not TELLS.search(text)
    return is_named and len(parts) > 1 and _VERB.match(parts[1].text) is not None


def _may_be_due(text: str) -> bool:
    """Return whether a part behind a role may be the organisation although no word of it says so."""
    return text[:1].isupper() and len(text.split()) <= 6 and text[-1] not in "?!"


def _with_tail(piece: Piece, role: Piece | None, organisation: Piece | None, tail: list[Piece]) -> Attributes:
    """Add the parts that go on with the organisation; what begins something else is the rest."""
    last = organisation
    bothly = False
    for at, part in enumerate(tail):
        both = _BOTH.match(part.text)
        goes_on = may_be_organisation(part.text) or part.text.lower() in _COUNTRIES or both
        goes_on = goes_on or _THE_SAME.fullmatch(part.text) or CALLED.fullmatch(part.text)
        if (
            organisation is None
            and role is not None
            and not goes_on
            and part.text[:1].islower()
            and len(part.text.split()) <= 3
            and not TELLS.search(part.text)
            and at + 1 < len(tail)
        ):
            role = span_of(piece, role, part)
            continue
        if role is None and organisation is not None and (is_role(part.text) or are_roles(part.text)):
            role = part
            continue
        is_due = organisation is None and role is not None and _may_be_due(part.text)
        if not (goes_on or is_due) or TELLS.search(part.text):
            rest = piece.part(part.start - piece.start)
            return Attributes(
                role,
                span_of(piece, organisation, last) if organisation and last else organisation,
                bothly,
                rest,
            )
        if both:
            part, bothly = part.part(both.end()), True
        organisation, last = organisation or part, part
    return Attributes(
        role, span_of(piece, organisation, last) if organisation and last else organisation, bothly
    )
