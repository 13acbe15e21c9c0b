"""Lines parted by dashes, bars, underscores or a colon: some parts hold names, others the topic."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from archive.imports.reading.naming.attributes import attributes_of
from archive.imports.reading.naming.before_names import before_name
from archive.imports.reading.naming.names import Name
from archive.imports.reading.naming.organisations import is_surely_organisation, may_be_organisation
from archive.imports.reading.naming.people import PersonOnPage, with_attributes
from archive.imports.reading.naming.roles import is_role
from archive.imports.reading.pieces import Piece
from archive.imports.reading.talks.speech import QUOTED
from archive.imports.reading.talks.topics import LineContent, topic_piece

_STRONG = re.compile(
    r"\t+|(?<=[.?!])-(?=[A-ZÅÄÖ])|\s*\|\s*|\s+[–—]\s+|\s*[–—]\s+|\s+-+\s+|(?<=\w)-\s+(?=[A-ZÅÄÖ])"
    r"|\s+-(?=[A-ZÅÄÖ])"
    r"|_(?=[A-ZÅÄÖ])|\s*//\s*|\s+/\s+|\s*->\s*(?=\Z)"
)


_FIRM_WORDS = 5
_PLACE = re.compile(r"[A-ZÅÄÖ][\w-]+(?:\s[A-ZÅÄÖ][\w-]+)?")
_ENDS_TOPIC = re.compile(
    r"(?:^|[\s,;:.–—-])(?:under ledning av"
    r"|(?<=\?\s)(?:samtliga|alla)\s(?:föreläsare|talare|medverkande)(?:\s(?:samt|och))?"
    r"|med|av|by|with|presenteras av|presented by|talare|föreläsare|speaker)\s*:?\s*$",
    re.IGNORECASE,
)


def by_separators(piece: Piece, names: Sequence[Name]) -> LineContent | None:
    """Read a line whose parts are separated by dashes, bars or underscores: some of them hold the names."""
    parts = _parted(piece, names)
    by_colon = _by_colon(piece, names)
    is_before = len(parts) > 1 and len(by_colon) > 1 and by_colon[1].start <= parts[1].start
    if len(parts) < 2 or is_before:  # "Anna Ek, ekolog, SLU: Lokor – tio års kamp"
        parts = by_colon
    holding = [at for at, part in enumerate(parts) if _names_of(piece, part, names)]
    if len(parts) < 2 or not holding:
        return None
    first, last = holding[0], holding[-1]
    end = parts[last].start + len(parts[last].text) - piece.start
    people_part = piece.part(parts[first].start - piece.start, end)
    own = [name for part in parts[first : last + 1] for name in _names_of(piece, part, names)]
    people = _with_names(people_part, own, piece)
    before, after = parts[:first], parts[last + 1 :]
    if before and (not _is_beside(before) or (not after and people[-1].organisation is not None)):
        return _after_topic(piece, after, people, people_part)
    return _before_topic(piece, after, people, people_part, is_first=not before) if after else None


def _parted(piece: Piece, names: Sequence[Name]) -> list[Piece]:
    parts: list[Piece] = []
    start = 0
    quoted = [match.span() for match in QUOTED.finditer(piece.text)]
    starts, opened = [name.start for name in names], [first for first, _ in quoted]
    for match in _STRONG.finditer(piece.text):
        quotation = bisect_left(opened, match.start()) - 1  # the last that begins before the sign
        if quotation >= 0 and match.start() < quoted[quotation][1]:
            continue
        name = bisect_left(starts, match.start()) - 1
        if name < 0 or names[name].end < match.end():
            parts.append(piece.part(start, match.start()))
            start = match.end()
    parts.append(piece.part(start))
    return [part for part in parts if part.text.strip()]


def _before_topic(
    piece: Piece, after: Sequence[Piece], people: list[PersonOnPage], people_part: Piece, *, is_first: bool
) -> LineContent | None:
    """Read a line with the speakers first."""
    rest = people[-1].attributes.rest
    lead = piece.part(people_part.start - piece.start, people[0].name.start - piece.start)
    if rest is not None and not _is_closing(rest) and is_first:
        return LineContent(topic_piece(piece.part(rest.start - piece.start)), tuple(people))
    is_firm = lead.text.rstrip().endswith((":", ",")) and may_be_organisation(lead.stripped().text)
    if len(lead.text.split()) > 2 and before_name(lead).role is None and not is_firm:
        return None
    if is_firm:
        people = [replace(one, organisation=one.organisation or lead.stripped()) for one in people]
    behind = after[0]
    beside = attributes_of(Piece(", " + behind.text, behind.block, behind.start - 2))
    is_what = behind.text[:1].islower() and beside.role is not None and beside.rest is None
    if len(after) == 1 and is_what and beside.role is not None and is_role(beside.role.text):
        return LineContent(
            None, tuple(given_beside(people, behind))
        )  # "Anna Ek – chefekonom, Fastighetsägarna"
    is_beside = may_be_organisation(behind.text) or is_role(behind.text)
    if len(after) > 1 and is_beside and not people[-1].organisation:
        people = given_beside(people, behind)
        after = after[1:]
    return LineContent(topic_piece(piece.part(after[0].start - piece.start)), tuple(people))


def _by_colon(piece: Piece, names: Sequence[Name]) -> list[Piece]:
    """Part a line behind the speakers that it begins with: "Anna Ek, strateg, SCB: Statistik"."""
    colon = piece.text.find(": ", names[-1].end)
    lead = piece.part(0, names[0].title_start)
    if colon < 0 or (lead.text.strip(" \t•–-") and before_name(lead).role is None):
        return []
    beside = piece.part(names[-1].end, colon).text.strip(" ,()")
    found = attributes_of(piece.part(names[-1].end, colon))
    is_sure = found.role is not None or (
        found.organisation is not None
        and any(is_surely_organisation(part) for part in found.organisation.text.split(", "))
    )
    is_short = found.organisation is not None and len(found.organisation.text.split()) <= _FIRM_WORDS
    is_short = is_short and piece.text[colon + 2 : colon + 3].isupper()  # "Bo Al, Vattenfall: Dammar"
    is_sure = is_sure or is_short
    is_bracket = piece.text[names[-1].end : colon].rstrip().endswith(")")
    is_place = found.rest is not None and _PLACE.fullmatch(found.rest.text) is not None
    if beside and ((found.rest is not None and not is_place) or not (is_sure or is_bracket)):
        return []
    return [piece.part(0, colon), piece.part(colon + 2)]


def _is_closing(rest: Piece) -> bool:
    return len(rest.text.strip(" .,;)")) < 2


def _is_beside(parts: Sequence[Piece]) -> bool:
    """Return whether what stands before the names is no topic but their organisation."""
    return len(parts) == 1 and is_surely_organisation(parts[0].text)


def _after_topic(
    piece: Piece, after: Sequence[Piece], people: list[PersonOnPage], people_part: Piece
) -> LineContent:
    """Read a line with the topic first: what stands in the names' part before them belongs to it."""
    end = people_part.start - piece.start
    lead = piece.part(end, people[0].name.start - piece.start) if people else piece.part(end, end)
    if (
        len(lead.text.split()) > 2
        and before_name(lead).role is None
        and not is_surely_organisation(lead.stripped().text)
    ):
        end = people[0].name.start - piece.start
    before = before_name(lead)
    is_topic = lead.text.rstrip().endswith(",") and before.role is None and before.organisation is None
    is_topic = is_topic and lead.text[:1].islower()  # "Vind – nuläge, Göran Ek"
    if people and (is_topic or (lead.text.rstrip().endswith((".", "?", "!")) and len(lead.text.split()) > 1)):
        end = people[0].name.start - piece.start  # "Mobila team – en översikt. Ida Ek"
    role = before_name(lead).role
    if role is not None and lead.part(0, role.start - lead.start).text.strip():
        end = role.start - piece.start  # "Ny lag – nya vanor? Advokat Johan Ek"
    topic = topic_piece(cut_ending(piece.part(0, end)))
    rest = after[0] if after else None
    if rest is not None and not people[-1].organisation and len(rest.text.split()) <= 8:
        people = given_beside(people, rest)
    return LineContent(topic, tuple(people))


def given_beside(people: list[PersonOnPage], beside: Piece) -> list[PersonOnPage]:
    """Give people what stands in the next part of the line: their role and organisation."""
    found = attributes_of(Piece(", " + beside.text, beside.block, beside.start - 2))
    role, organisation = found.role, found.organisation
    if role is None and organisation is None:
        organisation = beside.stripped(" \t\n,;|–—-_/.()")
    return [
        PersonOnPage(
            one.value,
            one.name,
            one.certainty,
            one.role or role,
            one.title,
            one.organisation or organisation,
            one.attributes,
        )
        for one in people
    ]


def _names_of(piece: Piece, part: Piece, names: Sequence[Name]) -> list[Name]:
    start = part.start - piece.start
    first = bisect_left(names, start, key=lambda name: name.start)
    last = bisect_left(names, start + len(part.text), lo=first, key=lambda name: name.start)
    return list(names[first:last])


def _with_names(part: Piece, names: Sequence[Name], piece: Piece) -> list[PersonOnPage]:
    offset = part.start - piece.start
    moved = [
        Name(
            name.start - offset,
            name.end - offset,
            name.text,
            name.certainty,
            name.title_start - offset,
            name.role,
        )
        for name in names
    ]
    return with_attributes(part, moved)


def cut_ending(piece: Piece) -> Piece:
    """Return a topic without the words that lead to its speakers ("med", "by")."""
    match = _ENDS_TOPIC.search(piece.text)
    return piece.part(0, match.start()) if match else piece
