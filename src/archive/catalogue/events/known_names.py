"""The names of all people and organisations, to recognise them in a text."""

from collections.abc import Callable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue.tables.events import OrganisationRow, PersonRow
from archive.catalogue.tables.names import OrganisationSpellingRow, PersonSpellingRow

Named = dict[str, tuple[str, str]]


def all_people(session: Session, key: Callable[[str], str]) -> Named:
    """Return identifier and name of each person by a key of each name; a key that two share is left out."""
    return _by_key(session, PersonRow, PersonSpellingRow, key)


def all_organisations(session: Session, key: Callable[[str], str]) -> Named:
    """Return identifier and name of each organisation by a key of each of its names; likewise."""
    return _by_key(session, OrganisationRow, OrganisationSpellingRow, key)


def _by_key(
    session: Session,
    mapped: type[PersonRow] | type[OrganisationRow],
    spelling: type[PersonSpellingRow] | type[OrganisationSpellingRow],
    key: Callable[[str], str],
) -> Named:
    names = {row.id: row.name for row in session.execute(select(mapped.id, mapped.name))}
    others = session.execute(select(spelling.record_id, spelling.name)).all()
    found: Named = {}
    shared: set[str] = set()
    for identifier, name in (*names.items(), *others):
        made = key(name)
        if found.setdefault(made, (identifier, names[identifier]))[0] != identifier:
            shared.add(made)
    return {made: named for made, named in found.items() if made and made not in shared}


def names_of_speakers(session: Session, limit: int = 2000) -> tuple[Sequence[str], Sequence[str]]:
    """Return the names of people and of organisations, to be offered while somebody types."""
    people = select(PersonRow.name).order_by(PersonRow.name_key).limit(limit)
    organisations = select(OrganisationRow.name).order_by(OrganisationRow.name_key).limit(limit)
    return session.scalars(people).all(), session.scalars(organisations).all()
