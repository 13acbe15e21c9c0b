"""The names of a person in the catalogue: today's, earlier ones, and those that stood on the day."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue.tables.events import ContributionRow, PersonRow
from archive.catalogue.tables.names import PersonSpellingRow
from archive.errors import NotFound


def names_of(session: Session, person_id: str) -> tuple[str, ...]:
    """Return every name of a person, each once. Raises NotFound."""
    row = session.get(PersonRow, person_id)
    if row is None:
        raise NotFound(f"There is no person '{person_id}' in the archive.")
    spellings = select(PersonSpellingRow.name).where(PersonSpellingRow.record_id == person_id)
    then = select(ContributionRow.person_name).where(ContributionRow.person_id == person_id)
    names = (row.name, *session.scalars(spellings), *session.scalars(then))
    return tuple(dict.fromkeys(name for name in names if name.strip()))


def is_known(session: Session, person_id: str) -> bool:
    """Return whether there is a person of this identifier."""
    return session.get(PersonRow, person_id) is not None
