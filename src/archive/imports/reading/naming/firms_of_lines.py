"""Firms of lines without a topic, "Sweco, Ali Rahimi", or without a name, "Elever från Broby skola"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from archive.imports.reading.naming.organisations import is_surely_organisation, may_be_organisation
from archive.imports.reading.naming.people import PersonOnPage
from archive.imports.reading.naming.role_parts import TELLS
from archive.imports.reading.naming.roles import are_roles
from archive.imports.reading.pieces import Piece

_FIRM_WORDS = 5
_GROUP = re.compile(
    r"(?P<count>(?:en|ett|två|tre|fyra|fem|sex|några|flera|ett antal|ett par|a|two|three|some)\s)?"
    r"(?:(?:unga|nya|tidigare|före detta|f\.?d\.?|engagerade)\s)?"
    r"(?P<role>[\wåäöÅÄÖ-]+(?:\s(?:och|&)\s[a-zåäö-]+)?)(?P<more>\s(?:elever|ungdomar|studenter|personer))?"
    r"\s(?P<joint>från|vid|på|hos|för|i|from|at|of)\s+(?=(?-i:[A-ZÅÄÖ0-9]))",
    re.IGNORECASE,
)
_OF_MANY = re.compile(
    r"(?:\w*elev|\w*student|representant|gymnasist|doktorand|praktikant|\w*assistent)(?:er(?:na)?)?"
    r"|(?:\w*ungdom|\w*klass|\w*medlem)(?:ar(?:na)?|mar(?:na)?)?|\w*klassare|\w*barn|företrädare|deltagare|medarbetare"
    r"|(?:\w*personal|\w*grupp|\w*lag|\w*team|delegation|trio|duo|kvartett)|(?:ett|två|tre|fyr|fem|sju|sjä|åtta?|ni)or(?:na)?"
    r"|lärlingar|volontärer|kolleg(?:or|er)|röster|företag(?:are)?|tjänste(?:män|personer)|politiker|boende|brukare"
    r"|patienter|forskare|lärare|ledare|pupils|students|members|staff|representatives|researchers",
    re.IGNORECASE,
)
_ONE = frozenset(("en", "ett", "a"))
_STANDS_FOR = frozenset(("för", "of"))
_ENVOYS = re.compile(r"(?:representant\w*|företrädare|medlemmar|representatives|members)", re.IGNORECASE)


def group_of(text: Piece) -> tuple[Piece | None, Piece] | None:
    """Return what several unnamed people are, and where: "Elever från Broby skola", "en klass på Myran"."""
    found = _GROUP.match(text.text)
    firm = text.part(found.end()).stripped(" \t\n,;.") if found else text
    if found is None or not 1 <= len(firm.text.split()) <= _FIRM_WORDS or re.search(r"[.:?!]", firm.text):
        return None
    role = found["role"].split()[0]
    is_many = _OF_MANY.fullmatch(role) is not None or are_roles(role.lower()) or bool(found["more"])
    stands_for = found["joint"].lower() in _STANDS_FOR
    is_other = is_surely_organisation(role) or (stands_for and not _ENVOYS.fullmatch(role))
    if not (is_many or found["count"]) or is_other or (found["joint"] == "i" and not is_many):
        return None
    is_one = (found["count"] or "").strip().lower() in _ONE
    return (None if is_one else text.part(found.start("role"), found.end("role"))), firm


def of_firm_before(piece: Piece, people: Sequence[PersonOnPage]) -> list[PersonOnPage]:
    """Give people the firm that a line without a topic begins with: "Sweco, Ali Rahimi"."""
    lead = piece.part(0, people[0].name.start - piece.start) if people else piece
    firm = lead.stripped()
    is_firm = lead.text.rstrip().endswith((",", ":")) and may_be_organisation(firm.text)
    if not people or not is_firm or any(one.organisation is not None for one in people):
        return list(people)
    return [replace(one, organisation=firm) for one in people]


def of_firm_behind(people: Sequence[PersonOnPage]) -> list[PersonOnPage]:
    """Give people of a line without a topic what is behind the last: "Otto Bark, Färgverkstan i Säter"."""
    last = people[-1] if people else None
    rest = last.attributes.rest if last is not None else None
    if last is None or rest is None or last.role is not None or last.organisation is not None:
        return list(people)
    is_firm = (
        rest.text[:1].isupper() and len(rest.text.split()) <= _FIRM_WORDS and not TELLS.search(rest.text)
    )
    if not is_firm or re.search(r"[.?!:]|\brespektive\b", rest.text):
        return list(people)
    return [replace(one, organisation=one.organisation or rest) for one in people]
