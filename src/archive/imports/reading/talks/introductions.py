"""Who is introduced in one sentence and tells in the next: "Sist ut var Bo Al, vd för Bolaget. Han …"."""

import re
from dataclasses import replace

from archive.imports.reading.naming.attributes import attributes_of
from archive.imports.reading.naming.names import KNOWN, names_in
from archive.imports.reading.naming.organisations import may_be_organisation
from archive.imports.reading.naming.people import PersonOnPage, with_attributes
from archive.imports.reading.pieces import Piece
from archive.imports.reading.talks.speech import COMES

_IS = re.compile(
    r"\W*(?:han|hon|hen)(?:,?\ssom)?(\s(?:är|var|arbetar som|jobbar som|forskar)\s[^.]{3,80}?)"
    r"(?:\soch|,)\s[a-zåäö]+\s",
    re.IGNORECASE,
)
_CAME = re.compile(
    r"\W*Från\s([A-ZÅÄÖ][^,;:.]{1,60}?)\s(?:kom|kommer|medverkade|medverkar|deltog|deltar|fanns|gästade"
    r"|hade)\s"
)
_STAGE = re.compile(
    r"\b(?:tog|intog|äntrade|klev upp på|steg upp på|klev in på|steg upp i)\s(?:[^.]{2,60}\s)?(?:scenen"
    r"|podiet|talarstolen)\b"
    r"|\btog\s[^.]{3,60}\söver\b|\bvar på plats\b|\btog\s[^.]{3,60}\still orda\b|\bfick\s[^.]{2,80}\sordet\b"
    r"|\b(?:medverkade|deltog|gästade|följde|talade)\b"
)
_SENT = re.compile(
    r"\W*([A-ZÅÄÖ][^.,;:]{2,80}?)\s(?:(?:representera\w*|företrädd\w*)\s(?:av|genom)"
    r"|(?:ställde upp|bidrog|deltog|medverkade|kom|fanns på plats|var på plats|skickade"
    r"|hade skickat)(?:\s(?:med|genom))?"
    r"\s(?=(?:sin|sitt|sina)\s))\s?"
)
_TURN = re.compile(r"\b(?:var|blev)\sdet\s(?:(?:sedan|så|nu)\s)?(?P<who>[^.]{4,100}?[^s.])s\stur\b")
_LEADS = re.compile(
    r"\b(?:moderator\w*|konferencier\w*|leddes|ledde|modererade\w*|kontakt\w*|foto)\b", re.IGNORECASE
)


def introduced_in(sentence: Piece, known: frozenset[str]) -> tuple[PersonOnPage, ...]:
    """Return who comes next: "Sist ut var Anna Ek, vd för Bolaget AB."."""
    sent = _SENT.match(sentence.text)
    if sent is not None and may_be_organisation(sent[1]):
        firm = sentence.part(sent.start(1), sent.end(1))
        named = people_of(sentence.part(sent.end()), known)
        return tuple(replace(one, organisation=one.organisation or firm) for one in named)
    turn = _TURN.search(sentence.text)
    if turn is not None:
        return tuple(people_of(sentence.part(turn.start("who"), turn.end("who")), known))
    came = _CAME.match(sentence.text)
    if came is not None and may_be_organisation(came[1]):
        firm = sentence.part(came.start(1), came.end(1))
        named = people_of(sentence.part(came.end()), known)
        return tuple(replace(one, organisation=one.organisation or firm) for one in named)
    if _STAGE.search(sentence.text):
        return tuple(people_of(sentence, known))
    match = COMES.search(sentence.text)
    if match is not None:
        return tuple(people_of(sentence.part(match.end()), known))
    sure = [name for name in names_in(sentence.text, known) if name.certainty >= KNOWN]
    people = with_attributes(sentence, sure) if len(sure) == 1 and not _LEADS.search(sentence.text) else []
    return tuple(people)


def being(sentence: Piece, people: tuple[PersonOnPage, ...]) -> tuple[PersonOnPage, ...]:
    """Give somebody introduced what a sentence says they are: "Hon är forskare på SLU och talade om …"."""
    match = _IS.match(sentence.text)
    if match is None or len(people) != 1:
        return people
    found = attributes_of(sentence.part(match.start(1), match.end(1)))
    one = people[0]
    role, organisation = one.role or found.role, one.organisation or found.organisation
    return (replace(one, role=role, organisation=organisation),)


def is_called(text: str, introduced: tuple[PersonOnPage, ...]) -> bool:
    """Return whether a sentence begins with a part of the name of somebody introduced: "Jonatan visade …"."""
    return text.split(None, 1)[0] in introduced[0].value.split() if text.strip() else False


def people_of(piece: Piece, known: frozenset[str]) -> list[PersonOnPage]:
    """Return the people that a piece names, with what stands beside them."""
    return with_attributes(piece, names_in(piece.text, known))
