"""What cells, links and lines below a talk's title say of its speakers, beside their names."""

import re
from collections.abc import Sequence

from archive.imports.reading.naming.attributes import attributes_of
from archive.imports.reading.naming.names import names_in
from archive.imports.reading.naming.organisations import is_surely_organisation
from archive.imports.reading.naming.people import Person
from archive.imports.reading.naming.roles import is_role
from archive.imports.reading.pieces import Piece
from archive.imports.reading.talks.drafts import Draft
from archive.imports.reading.talks.entries import entry_of

_OWNED = re.compile(r"[A-ZÅÄÖ][\w-]+s\s(?:[a-zåäö-]+\s)?[a-zåäö-]+")  # "Biodlarnas honungslab"


def take_column(draft: Draft, text: Piece, column: str) -> None:
    """Give the speakers what the cell of a column of roles or organisations says."""
    given = {"role": None, "organisation": None, column: text}
    draft.people = [
        Person(
            one.value, one.name, one.certainty, one.role or given["role"], one.title,
            one.organisation or given["organisation"], one.attributes,
        )
        for one in draft.people
    ]  # fmt: skip
    if not draft.people and column == "organisation":
        draft.organisation = text


def take_label(draft: Draft, text: Piece, known: frozenset[str]) -> None:
    """Read the words of a link below a title: "Topic, Name, Organisation"."""
    entry = entry_of(text, (), known)
    for person in entry.people:
        same = next((at for at, one in enumerate(draft.people) if one.value == person.value), None)
        if same is None and not draft.people:
            draft.people.append(person)
        elif same is not None:
            one = draft.people[same]
            draft.people[same] = Person(
                one.value, one.name, one.certainty, one.role or person.role, one.title or person.title,
                one.organisation or person.organisation, one.attributes,
            )  # fmt: skip
    if draft.topic is None and entry.topic is not None:
        draft.topic = entry.topic


def names_new(draft: Draft, text: Piece, known: frozenset[str]) -> bool:
    """Return whether the words of a link say more of the speakers than is known: an organisation."""
    return any(one.organisation is None for one in draft.people) and bool(names_in(text.text, known))


def goes_on_about_speaker(draft: Draft, text: Piece, column: str) -> bool:
    """Return whether a line says what the people named above it do, and where: "Nätchef, Elbolaget"."""
    if not draft.people or draft.people[-1].organisation is not None:
        return False
    if column == "speaker":
        return True
    found = attributes_of(Piece(", " + text.text, text.block, text.start - 2))
    is_owned = _OWNED.fullmatch(text.text) is not None and not draft.abstract
    if is_owned and draft.people[-1].role is None:
        return True
    is_sure = is_surely_organisation(text.text) or (
        found.role is not None and found.organisation is not None and is_role(found.role.text)
    )
    return draft.topic is None and draft.people[-1].role is None and found.rest is None and is_sure


def told_of(people: Sequence[Person]) -> int:
    """Return how many of some people nothing more is to be said of: what follows is of those behind them."""
    bare = [one.role is None and one.organisation is None for one in people]
    told = len(bare) - bare[::-1].index(False) if False in bare else 0
    return min(told, len(bare) - 1)
