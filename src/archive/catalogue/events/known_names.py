"""The names of all people and organisations, to recognise them in a text."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue.tables.events import OrganisationRow, PersonRow

Named = dict[str, tuple[str, str]]


def all_people(session: Session, key: Callable[[str], str]) -> Named:
    """Return identifier and name of each person by a key of the name; a key that two share is left out."""
    return _by_key(session.execute(select(PersonRow.id, PersonRow.name)).all(), key)


def all_organisations(session: Session, key: Callable[[str], str]) -> Named:
    """Return identifier and name of each organisation by a key of the name; a shared key is left out."""
    return _by_key(session.execute(select(OrganisationRow.id, OrganisationRow.name)).all(), key)


def _by_key(rows: Iterable[Any], key: Callable[[str], str]) -> Named:
    found: Named = {}
    shared: set[str] = set()
    for identifier, name in rows:
        made = key(name)
        shared |= {made} & found.keys()
        found[made] = (identifier, name)
    return {made: named for made, named in found.items() if made and made not in shared}


def names_of_speakers(session: Session, limit: int = 2000) -> tuple[Sequence[str], Sequence[str]]:
    """Return the names of people and of organisations, to be offered while somebody types."""
    people = select(PersonRow.name).order_by(PersonRow.name_key).limit(limit)
    organisations = select(OrganisationRow.name).order_by(OrganisationRow.name_key).limit(limit)
    return session.scalars(people).all(), session.scalars(organisations).all()
