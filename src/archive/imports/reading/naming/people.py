"""People in a text with their roles and organisations: "Anna Ek, strateg, Region X och Bo Al (SCB)"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from archive.imports.reading.naming.attributes import Attributes, attributes_of
from archive.imports.reading.naming.before_names import before_name
from archive.imports.reading.naming.firm_places import (
    ONLY_JOINING,
    ends_list,
    firm_before,
    without_organisations,
)
from archive.imports.reading.naming.names import LIKELY, Name, names_in
from archive.imports.reading.naming.roles import title_of
from archive.imports.reading.pieces import Piece, sentences

_JOINING = re.compile(
    r"[\s,;]*(?:\b(?:och|samt|and|med|with|mot)\b|[&+/])?\s*(?:\b(?:hennes|hans|deras"
    r"|sin)\s+(?:[a-zåäö]+\s+)?kollega\s*"
    r"|\bkollegan\s*)?$",
    re.IGNORECASE,
)
_HELD_BY_ONE = re.compile(
    r"(?:ordförande|\bvd|(?<!enhets)chef|direktör|rektor|minister|landshövding|generalsekreterare|\w{4}råd)$",
    re.IGNORECASE,
)
_OF_THEIR_OWN = re.compile(
    r"(?:lantbrukare|bonde|fiskare|ägare|författare|journalist|konsult|konstnär|ledamot|student|företagare"
    r"|moderator"
    r"|musiker|skribent|fotograf|konferencier|entreprenör|krögare|minister|råd|spelman|konsult|pensionär)$",
    re.IGNORECASE,
)
_LEADER = (
    r"(?:moderator(?:n|er)?|samtalsledaren?|panelledaren?|konferencier(?:en)?|ordstyraren?|utfrågaren?"
    r"|diskussionsledaren?|debattledaren?|sessionsordförande(?:n)?)"
)
_LED_BY = re.compile(
    rf"(?:\b(?:under\sledning\sav|lett\sav|ledd\sav|leds\sav|leddes\sav|modere\w+\sav"
    rf"|moderated\sby|chaired\sby)(?:\s[a-zåäö-]+)?|\b(?i:{_LEADER})\s?:?)\s*$"
)
_IS_LEADER = re.compile(
    rf"\s*[,(–-]?\s*(?:[^,.;:()]{{2,40}},\s*)?(?:(?:som\s)?(?:var|är)\s)?(?:dagens\s)?{_LEADER}\b"
    r"(?!\s*:|\s[A-ZÅÄÖ])"
)
_LEAD_BY_CHARS = 60
PEOPLE_MAX = 80  # of one line: more are no speakers, and each costs
_RESPECTIVE = re.compile(r",?\s+(?:och\s)?(?:respektive|resp\.)\s+")
_LEAD_CHARS = 4


@dataclass(frozen=True, slots=True)
class PersonOnPage:
    """Somebody named: `name` is the letters of the name, `value` the name without nickname and title.

    `leads` tells that the text beside the name says that they lead what others speak in.
    """

    value: str
    name: Piece
    certainty: float
    role: Piece | None = None
    title: str = ""
    organisation: Piece | None = None
    attributes: Attributes = field(default_factory=Attributes)
    leads: bool = False


def people_in(piece: Piece, known: frozenset[str] = frozenset(), least: float = 0.0) -> list[PersonOnPage]:
    """Return the people named in a piece, with what stands beside their names.

    Args:
        piece: the text.
        known: names of people, written together and folded.
        least: how sure a name has to be.
    """
    names = [name for name in names_in(piece.text, known) if name.certainty >= least]
    return with_attributes(piece, names)


def are_people(text: Piece, known: frozenset[str] = frozenset()) -> bool:
    """Return whether a text is but people with what they are: "Lisen Karlman från Jordnära i Örebro."."""
    people = people_in(text.stripped(" \t\n."), known)
    if not people or people[0].certainty < LIKELY or len(sentences(text)) > 1:
        return False
    lead = text.part(0, people[0].name.start - text.start).text.strip()
    return (len(lead) < _LEAD_CHARS or title_of(lead) is not None) and people[-1].attributes.rest is None


def with_attributes(piece: Piece, names: Sequence[Name]) -> list[PersonOnPage]:
    """Return the people of some names in a piece, of the first of them where it is but names."""
    if len(names) > PEOPLE_MAX:
        piece, names = piece.part(0, names[PEOPLE_MAX].title_start), names[:PEOPLE_MAX]
    names = without_organisations(piece, names)
    people: list[PersonOnPage] = []
    waiting = 0
    owner = firm_before(piece, names)
    names = names[1:] if owner is not None else names
    leading = _before_first(piece, names) if owner is None else _behind_firm(piece, owner, names)
    begun = leading
    for at, name in enumerate(names):
        end = names[at + 1].title_start if at + 1 < len(names) else len(piece.text)
        is_owned = re.match(r"s\s", piece.text[name.end :]) is not None  # "Anna Eks bilder"
        between = piece.part(name.end + is_owned, end)
        is_joined = at + 1 < len(names) and ONLY_JOINING.match(between.text) is not None
        between, ahead = _split_ahead(between) if at + 1 < len(names) else (between, Attributes())
        found = Attributes() if is_joined else attributes_of(between)
        role, firm = found.role or leading.role, found.organisation or leading.organisation
        own = piece.part(name.start, name.end)
        leads = _leads(piece.text[: name.title_start], piece.text[name.end : end])
        people.append(PersonOnPage(name.text, own, name.certainty, role, name.role, firm, found, leads))
        leading = ahead
        if is_joined:
            waiting += 1
            continue
        if not (waiting and _is_of_last(piece, names, at, waiting)):
            _share(people, waiting, found)
        waiting = 0
    people = _of_the_same(piece, people)
    people = _with_lead(people, begun)
    people = [
        replace(one, organisation=before.organisation) if _is_same(one) and before is not None else one
        for before, one in zip([None, *people], people, strict=False)
    ]
    if owner is not None:
        people = [replace(one, organisation=one.organisation or owner) for one in people]
    return with_respective(_with_common_role(people))


def with_respective(people: list[PersonOnPage]) -> list[PersonOnPage]:
    """Give each of several their part of what is said of them in one: "A och B, vd respektive kock"."""
    roles = _each_part([one.role for one in people])
    firms = _each_part([one.organisation for one in people])
    return [
        replace(one, role=role, organisation=firm)
        for one, role, firm in zip(people, roles, firms, strict=True)
    ]


def _each_part(said: list[Piece | None]) -> list[Piece | None]:
    """Return what is said of each, where one piece says it of all in as many parts as they are."""
    whole = said[0] if len(said) > 1 and len(set(said)) == 1 else None
    parts = _respective_parts(whole) if whole is not None else []
    return [*parts] if len(parts) == len(said) else said


def _respective_parts(piece: Piece) -> list[Piece]:
    found = _RESPECTIVE.search(piece.text)
    if found is None:
        return []
    before, last = piece.part(0, found.start()), piece.part(found.end())
    commas = [(0, 0), *(match.span() for match in re.finditer(r",\s+", before.text))]
    ends = [start for start, _ in commas[1:]] + [len(before.text)]
    return [*(before.part(end, until) for (_, end), until in zip(commas, ends, strict=True)), last.stripped()]


def _leads(before: str, behind: str) -> bool:
    """Return whether what stands right before a name, or behind it, says that somebody leads others."""
    return _LED_BY.search(before[-_LEAD_BY_CHARS:]) is not None or _IS_LEADER.match(behind) is not None


def _is_of_last(piece: Piece, names: Sequence[Name], at: int, waiting: int) -> bool:
    """Return whether what stands behind the last of several is of that one alone: "A; B, chef"."""
    if ";" in piece.text[names[at - 1].end : names[at].title_start]:
        return True
    is_apart = at + 1 < len(names) and not ends_list(piece, names, at)
    return waiting > 1 and (is_apart or piece.text[names[at].end :].lstrip().startswith("("))


def _with_lead(people: list[PersonOnPage], lead: Attributes) -> list[PersonOnPage]:
    """Give people what is said of them together before the first: "Två forskare vid SLU, A och B"."""
    if not lead.is_shared:
        return people
    role, firm = lead.role, lead.organisation
    return [replace(one, role=one.role or role, organisation=one.organisation or firm) for one in people]


def _of_the_same(piece: Piece, people: list[PersonOnPage]) -> list[PersonOnPage]:
    """Give the first of two with roles the organisation behind: "Bo Al, chef, och Ida Ek, strateg, SCB"."""
    if len(people) != 2 or any(one.role is None for one in people):
        return people
    first, second = people
    between = piece.text[first.name.start - piece.start : second.name.start - piece.start]
    is_one_breath = re.search(r"(?:\boch|\bsamt|&)\s+(?:[a-zåäö-]+\s+){0,4}$", between) is not None
    is_free = first.role is not None and _OF_THEIR_OWN.search(first.role.text) is not None
    is_behind = second.organisation is not None and second.organisation.start > second.name.start
    if first.organisation is not None or not is_one_breath or is_free or not is_behind:
        return people
    return [replace(first, organisation=second.organisation), second]


def _is_same(person: PersonOnPage) -> bool:
    """Return whether somebody is said to be of the same organisation as the person before."""
    organisation = person.organisation
    return organisation is not None and organisation.text.startswith(("samma ", "the same "))


def _with_common_role(people: list[PersonOnPage]) -> list[PersonOnPage]:
    """Give all people the role that is said of them together before the first: "forskarna A och B"."""
    role = people[0].role if people else None
    if role is None or not role.text.endswith(("arna", "erna", "orna", "männen", "råden", "ombuden")):
        return people
    return [replace(one, role=one.role or role) for one in people]


def _share(people: list[PersonOnPage], waiting: int, found: Attributes) -> None:
    """Give those who are named in one breath what stands behind the last of them."""
    last = people[-1]
    if last.role is not None and _HELD_BY_ONE.search(last.role.text):
        return
    for at in range(len(people) - 1 - waiting, len(people) - 1):
        if people[at].organisation is not None:
            continue
        people[at] = replace(
            people[at],
            role=people[at].role or last.role,
            organisation=people[at].organisation or last.organisation,
        )
    if found.is_shared:
        for at, person in enumerate(people):
            people[at] = replace(person, organisation=person.organisation or last.organisation)


def _before_first(piece: Piece, names: Sequence[Name]) -> Attributes:
    """Return what stands right before the first name: "doktoranden", "Region X läns strateg", "SMHI,"."""
    if not names:
        return Attributes()
    return before_name(piece.part(0, names[0].title_start))


def _behind_firm(piece: Piece, owner: Piece, names: Sequence[Name]) -> Attributes:
    """Return what stands between a firm and the first of its people: "New Old Towns, arkitekt Ida Ek"."""
    start = owner.start - piece.start + len(owner.text)
    return replace(before_name(piece.part(start, names[0].title_start)), organisation=owner)


def _split_ahead(between: Piece) -> tuple[Piece, Attributes]:
    """Part what stands between two names: what belongs to the first, and what stands before the second."""
    match = _JOINING.search(between.text)
    kept = between.part(0, match.start()) if match else between
    ahead = re.search(r"(?:,|\boch\b|\bsamt\b|\band\b|&|\bmed\b)\s*([^,]{2,60})$", between.text)
    if ahead and kept.text.rstrip() == between.text.rstrip():
        role = before_name(between.part(ahead.start(1)))
        is_owned = role.organisation is not None and ahead[1].rstrip().endswith("s")
        if role.role is not None or is_owned:
            return between.part(0, ahead.start()), role
    return kept, Attributes()
