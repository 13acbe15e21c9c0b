"""People, organisations and focus areas: looked up by name, added where they are new."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue.events.names import clean_name, name_key
from archive.catalogue.events.new_event import NewFocusArea
from archive.catalogue.identifiers import new_id
from archive.catalogue.tables.events import FocusAreaRow, OrganisationRow, PersonRow


def person_id(session: Session, name: str) -> str:
    """Return the identifier of the person of this name, who is added where unknown."""
    key = name_key(name)
    known = session.scalar(select(PersonRow.id).where(PersonRow.name_key == key))
    if known is not None:
        return known
    row = PersonRow(id=new_id(), name=clean_name(name), name_key=key)
    session.add(row)
    session.flush()
    return row.id


def organisation_id(session: Session, name: str) -> str | None:
    """Return the identifier of the organisation of this name, added where unknown; None for ""."""
    key = name_key(name)
    if not key:
        return None
    known = session.scalar(select(OrganisationRow.id).where(OrganisationRow.name_key == key))
    if known is not None:
        return known
    row = OrganisationRow(id=new_id(), name=clean_name(name), name_key=key)
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
