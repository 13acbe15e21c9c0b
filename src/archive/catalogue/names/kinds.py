"""The tables of people, and those of organisations."""

from dataclasses import dataclass

from sqlalchemy.orm import InstrumentedAttribute, Session

from archive.catalogue.tables.events import ContributionRow, OrganisationRow, PersonRow
from archive.catalogue.tables.names import (
    DistinctOrganisationsRow,
    DistinctPeopleRow,
    FormerOrganisationRow,
    FormerPersonRow,
    OrganisationSpellingRow,
    PersonSpellingRow,
)
from archive.errors import NotFound
from archive.model.names import NameKind


@dataclass(frozen=True, slots=True)
class NameTables:
    """Where one kind of names is kept; `link` and `written` are its columns in a contribution."""

    record: type[PersonRow] | type[OrganisationRow]
    spelling: type[PersonSpellingRow] | type[OrganisationSpellingRow]
    former: type[FormerPersonRow] | type[FormerOrganisationRow]
    distinct: type[DistinctPeopleRow] | type[DistinctOrganisationsRow]
    link: InstrumentedAttribute[str] | InstrumentedAttribute[str | None]
    written: InstrumentedAttribute[str]
    beside: InstrumentedAttribute[str] | InstrumentedAttribute[str | None]


_TABLES = {
    NameKind.PERSON: NameTables(
        PersonRow,
        PersonSpellingRow,
        FormerPersonRow,
        DistinctPeopleRow,
        ContributionRow.person_id,
        ContributionRow.person_name,
        ContributionRow.organisation_id,
    ),
    NameKind.ORGANISATION: NameTables(
        OrganisationRow,
        OrganisationSpellingRow,
        FormerOrganisationRow,
        DistinctOrganisationsRow,
        ContributionRow.organisation_id,
        ContributionRow.organisation_name,
        ContributionRow.person_id,
    ),
}


def tables_of(kind: NameKind) -> NameTables:
    """Return the tables of a kind of names."""
    return _TABLES[kind]


def row_of(session: Session, kind: NameKind, identifier: str) -> PersonRow | OrganisationRow:
    """Return the row of a person or an organisation. Raises NotFound."""
    row = session.get(tables_of(kind).record, identifier)
    if not isinstance(row, PersonRow | OrganisationRow):
        if kind is NameKind.PERSON:
            raise NotFound("There is no such person in the archive.")
        raise NotFound("There is no such organisation in the archive.")
    return row
