"""People, organisations and focus areas: looked up by name, added where they are new."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue.events.names import clean_name, name_key
from archive.catalogue.events.new_event import NewFocusArea
from archive.catalogue.identifiers import new_id
from archive.catalogue.tables.events import FocusAreaRow, OrganisationRow, PersonRow
from archive.catalogue.tables.names import OrganisationSpellingRow, PersonSpellingRow

_Record = type[PersonRow] | type[OrganisationRow]
_Spelling = type[PersonSpellingRow] | type[OrganisationSpellingRow]


def find_person(session: Session, name: str) -> str | None:
    """Return the identifier of the person of this name, today's before another spelling."""
    return _found(session, PersonRow, PersonSpellingRow, name)


def find_organisation(session: Session, name: str) -> str | None:
    """Return the identifier of the organisation of this name, today's before another or an earlier one."""
    return _found(session, OrganisationRow, OrganisationSpellingRow, name)


def person_id(session: Session, name: str) -> str:
    """Return the identifier of the person of this name, who is added where unknown."""
    return find_person(session, name) or _added(session, PersonRow, name)


def organisation_id(session: Session, name: str) -> str | None:
    """Return the identifier of the organisation of this name, added where unknown; None for ""."""
    if not name_key(name):
        return None
    return find_organisation(session, name) or _added(session, OrganisationRow, name)


def name_as_given(session: Session, mapped: _Record, identifier: str | None, name: str, known: str) -> str:
    """Return the name to keep with a talk: as it is given, "" where it is the one of today.

    `known` is what was kept before. It stays where the name of today is given: forms show that one.
    """
    statement = select(mapped.name_key).where(mapped.id == identifier)
    today = "" if identifier is None else session.scalar(statement)
    return known if name_key(name) == today else clean_name(name)


def _found(session: Session, mapped: _Record, spelling: _Spelling, name: str) -> str | None:
    key = name_key(name)
    known = session.scalar(select(mapped.id).where(mapped.name_key == key))
    if known is None:
        known = session.scalar(select(spelling.record_id).where(spelling.name_key == key))
    return known


def _added(session: Session, mapped: _Record, name: str) -> str:
    row = mapped(id=new_id(), name=clean_name(name), name_key=name_key(name))
    session.add(row)
    session.flush()
    return row.id


def focus_area_id(session: Session, new: NewFocusArea) -> tuple[str, bool]:
    """Return the identifier of a focus area, and whether it was added or changed.

    Title and first year identify it. What is not given stays as it was.
    """
    key = name_key(new.title)
    row = session.scalar(
        select(FocusAreaRow).where(FocusAreaRow.title_key == key, FocusAreaRow.year_from == new.year_from)
    )
    if row is None:
        row = FocusAreaRow(
            id=new_id(),
            title=clean_name(new.title),
            title_key=key,
            year_from=new.year_from,
            year_to=new.year_to,
            text=new.text,
        )
        session.add(row)
        session.flush()
        return row.id, True
    row.year_to = row.year_to if new.year_to is None else new.year_to
    row.text = new.text or row.text
    return row.id, session.is_modified(row)
