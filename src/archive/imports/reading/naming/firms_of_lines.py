"""The firm that a line of people without a topic begins or ends with: "Sweco, Ali Rahimi"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from archive.imports.reading.naming.organisations import may_be_organisation
from archive.imports.reading.naming.people import Person
from archive.imports.reading.naming.role_parts import TELLS
from archive.imports.reading.pieces import Piece

_FIRM_WORDS = 5


def of_firm_before(piece: Piece, people: Sequence[Person]) -> list[Person]:
    """Give people the firm that a line without a topic begins with: "Sweco, Ali Rahimi"."""
    lead = piece.part(0, people[0].name.start - piece.start) if people else piece
    firm = lead.stripped()
    is_firm = lead.text.rstrip().endswith((",", ":")) and may_be_organisation(firm.text)
    if not people or not is_firm or any(one.organisation is not None for one in people):
        return list(people)
    return [replace(one, organisation=firm) for one in people]


def of_firm_behind(people: Sequence[Person]) -> list[Person]:
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
