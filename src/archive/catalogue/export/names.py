"""People and organisations as plain values."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue.export.scope import Scope, rows
from archive.catalogue.tables.events import OrganisationRow, PersonRow
from archive.catalogue.tables.names import (
    FormerOrganisationRow,
    FormerPersonRow,
    OrganisationSpellingRow,
    PersonSpellingRow,
)


def people(session: Session, _scope: Scope) -> Iterator[dict[str, Any]]:
    """Yield people with their other names."""
    return _named(session, PersonRow, PersonSpellingRow, FormerPersonRow)


def organisations(session: Session, _scope: Scope) -> Iterator[dict[str, Any]]:
    """Yield organisations with their other names."""
    return _named(session, OrganisationRow, OrganisationSpellingRow, FormerOrganisationRow)


def _named(
    session: Session,
    record: type[PersonRow | OrganisationRow],
    spelling: type[PersonSpellingRow | OrganisationSpellingRow],
    former: type[FormerPersonRow | FormerOrganisationRow],
) -> Iterator[dict[str, Any]]:
    for (row,) in rows(session, select(record).order_by(record.id)):
        others = select(spelling).where(spelling.record_id == row.id).order_by(spelling.name_key)
        ids = select(former.id).where(former.record_id == row.id).order_by(former.id)
        yield {
            "id": row.id,
            "name": row.name,
            "other_names": [
                {"name": one.name, "begins": one.begins, "ends": one.ends, "is_shown": one.is_shown}
                for one in session.scalars(others)
            ],
            "former_ids": list(session.scalars(ids)),
        }
