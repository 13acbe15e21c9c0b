"""Somebody who is named twice: what one mention says is an organisation is one in the other, too."""

from collections.abc import Sequence
from dataclasses import replace

from archive.imports.reading.naming.people import Person
from archive.imports.reading.pieces import squeezed
from archive.imports.reading.talks.drafts import Draft


def agree(talks: Sequence[Draft]) -> None:
    """Mend "Bo Al, Skogskonsult i Rättvik" where another talk has "Bo Al, vd, Skogskonsult i Rättvik"."""
    firms: dict[str, set[str]] = {}
    for talk in talks:
        for one in talk.people:
            if one.role is not None and one.organisation is not None:
                firms.setdefault(one.value, set()).add(squeezed(one.organisation.text))
    for talk in talks:
        talk.people = [_agreed(one, firms.get(one.value, set())) for one in talk.people]


def _agreed(person: Person, firms: set[str]) -> Person:
    """Return somebody with a role that is but the first words of their organisation taken into it."""
    role, firm = person.role, person.organisation
    if role is None or firm is None or role.block != firm.block or role.start > firm.start:
        return person
    for name in firms:
        is_begun = name.startswith(f"{squeezed(role.text)} ") and name.endswith(f" {squeezed(firm.text)}")
        gap = len(name) - len(role.text) - len(firm.text)
        if is_begun and firm.start - role.start - len(role.text) == gap:
            middle = name[len(role.text) : len(role.text) + gap]
            whole = replace(role, text=f"{role.text}{middle}{firm.text}")
            return replace(person, role=None, organisation=whole)
    return person
