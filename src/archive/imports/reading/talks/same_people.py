"""Somebody who is named twice: what one mention says is an organisation is one in the other, too."""

from collections.abc import Sequence
from dataclasses import replace

from archive.imports.reading.naming.people import Person
from archive.imports.reading.pieces import squeezed
from archive.imports.reading.talks.drafts import Draft

_FIRMS_MAX = 5


def agree(talks: Sequence[Draft]) -> None:
    """Mend what is said of people by what is said of them in other talks.

    "Bo Al, Skogskonsult i Ed" is of a firm where another talk has "Bo Al, vd, Skogskonsult i Ed"; in
    "Bo Al, Ida Ek, forskare, SLU" who was a managing director before is no researcher now.
    """
    firms: dict[str, list[str]] = {}
    first: dict[str, str] = {}
    for talk in talks:
        talk.people = [_without_shared(one, talk, first.get(one.value)) for one in talk.people]
        for one in talk.people:
            if one.role is not None and one.organisation is not None:
                first.setdefault(one.value, squeezed(one.role.text))
                named = firms.setdefault(one.value, [])
                named += [squeezed(one.organisation.text)] if len(named) < _FIRMS_MAX else []
    for talk in talks:
        talk.people = [_agreed(one, firms.get(one.value, [])) for one in talk.people]


def _without_shared(person: Person, talk: Draft, before: str | None) -> Person:
    """Return somebody who had another role before without what stands behind the next name."""
    role = person.role
    if before is None or role is None or squeezed(role.text) == before:
        return person
    owner = [one for one in talk.people if one.role == role][-1]
    return person if owner is person else replace(person, role=None, organisation=None)


def _agreed(person: Person, firms: Sequence[str]) -> Person:
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
