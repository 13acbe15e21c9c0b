"""Tables of names: further spellings, where old addresses lead, and who has been told apart.

People and organisations have the same tables, so that one piece of code looks after both: the column that
refers to the record is `record_id` in each.
"""

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from archive.catalogue.tables.base import Base


class SpellingRow(Base):
    """Another name of a record: an earlier one with the time it was held, or another way to write it.

    `begins` and `ends` are a year, a month or a day (both included), "" where it is not known; one with
    either was the name then. Where `is_shown` is not set it is found, but no page shows it.
    """

    __abstract__ = True

    name_key: Mapped[str] = mapped_column(primary_key=True, sort_order=1)
    name: Mapped[str] = mapped_column(sort_order=2)
    begins: Mapped[str] = mapped_column(sort_order=3)
    ends: Mapped[str] = mapped_column(sort_order=4)
    is_shown: Mapped[bool] = mapped_column(sort_order=5)


class PersonSpellingRow(SpellingRow):
    """Another name of a person."""

    __tablename__ = "person_spelling"
    __table_args__ = (UniqueConstraint("name_key"),)

    record_id: Mapped[str] = mapped_column("person_id", ForeignKey("person.id"), primary_key=True)


class OrganisationSpellingRow(SpellingRow):
    """Another name of an organisation."""

    __tablename__ = "organisation_spelling"
    __table_args__ = (UniqueConstraint("name_key"),)

    record_id: Mapped[str] = mapped_column("organisation_id", ForeignKey("organisation.id"), primary_key=True)


class FormerPersonRow(Base):
    """A person who was merged into another: the address leads on to `record_id`."""

    __tablename__ = "former_person"
    __table_args__ = (Index(None, "person_id"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    record_id: Mapped[str] = mapped_column("person_id", ForeignKey("person.id"))


class FormerOrganisationRow(Base):
    """An organisation that was merged into another: the address leads on to `record_id`."""

    __tablename__ = "former_organisation"
    __table_args__ = (Index(None, "organisation_id"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    record_id: Mapped[str] = mapped_column("organisation_id", ForeignKey("organisation.id"))


class DistinctPeopleRow(Base):
    """Two people who look alike and are not the same; the lower identifier first."""

    __tablename__ = "distinct_people"
    __table_args__ = (Index(None, "other_id"),)

    record_id: Mapped[str] = mapped_column("person_id", ForeignKey("person.id"), primary_key=True)
    other_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)


class DistinctOrganisationsRow(Base):
    """Two organisations that look alike and are not the same; the lower identifier first."""

    __tablename__ = "distinct_organisations"
    __table_args__ = (Index(None, "other_id"),)

    record_id: Mapped[str] = mapped_column("organisation_id", ForeignKey("organisation.id"), primary_key=True)
    other_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
