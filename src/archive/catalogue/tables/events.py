"""Tables of what happened: events, talks, people, organisations, regions, focus areas."""

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from archive.catalogue.tables.base import Base
from archive.catalogue.tables.names import OrganisationSpellingRow, PersonSpellingRow


class FocusAreaRow(Base):
    """A focus area; `title_key` and `year_from` identify it."""

    __tablename__ = "focus_area"
    __table_args__ = (Index(None, "title_key"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    title_key: Mapped[str]
    year_from: Mapped[int | None]
    year_to: Mapped[int | None]
    text: Mapped[str]


class EventFocusAreaRow(Base):
    """An event's focus areas in order."""

    __tablename__ = "event_focus_area"
    __table_args__ = (Index(None, "focus_area_id"),)

    event_id: Mapped[str] = mapped_column(ForeignKey("event.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    focus_area_id: Mapped[str] = mapped_column(ForeignKey("focus_area.id"))
    focus_area: Mapped[FocusAreaRow] = relationship(lazy="raise_on_sql")


class EventRow(Base):
    """A seminar, conference or meeting. `source` is the path of the file that describes it, "" if unknown.

    `visibility_given` is who is to see it once something of it is published, "" where that is so already.
    Where only the month or the year is known (`starts_precision`), `starts_on` is the first day of it.
    """

    __tablename__ = "event"
    __table_args__ = (Index(None, "source_url"), Index(None, "title", "starts_on"), Index(None, "starts_on"))

    id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    kind: Mapped[str]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    starts_precision: Mapped[str] = mapped_column(default="day")
    ends_precision: Mapped[str] = mapped_column(default="day")
    place: Mapped[str]
    occasion: Mapped[str]
    organiser: Mapped[str]
    text: Mapped[str]
    source_url: Mapped[str]
    visibility: Mapped[str]
    visibility_given: Mapped[str] = mapped_column(default="")
    source: Mapped[str]
    focus_area_links: Mapped[list[EventFocusAreaRow]] = relationship(
        order_by=EventFocusAreaRow.position, cascade="all, delete-orphan", lazy="raise_on_sql"
    )


class PersonRow(Base):
    """A person, identified by the normalised name. The spellings are written by `catalogue/names/`."""

    __tablename__ = "person"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(unique=True)
    spellings: Mapped[list[PersonSpellingRow]] = relationship(
        order_by=PersonSpellingRow.name_key, viewonly=True, lazy="raise_on_sql"
    )


class OrganisationRow(Base):
    """An organisation, identified by the normalised name. Its spellings are written by `catalogue/names/`."""

    __tablename__ = "organisation"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(unique=True)
    spellings: Mapped[list[OrganisationSpellingRow]] = relationship(
        order_by=OrganisationSpellingRow.name_key, viewonly=True, lazy="raise_on_sql"
    )


class RegionRow(Base):
    """A place of the controlled vocabulary, seeded by the migration."""

    __tablename__ = "region"

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    alternative_names: Mapped[list[Any]]
    broader: Mapped[str | None] = mapped_column(ForeignKey("region.code"))


class ContributionRow(Base):
    """A person's part in a talk, with the role and organisation held then; the person may be unknown.

    `person_name` and `organisation_name` are the names as they stood on the day, "" for those of today.
    """

    __tablename__ = "contribution"
    __table_args__ = (Index(None, "person_id"), Index(None, "organisation_id"))

    talk_id: Mapped[str] = mapped_column("presentation_id", ForeignKey("presentation.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    role: Mapped[str]
    organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"))
    person_name: Mapped[str] = mapped_column(default="")
    organisation_name: Mapped[str] = mapped_column(default="")
    is_moderator: Mapped[bool] = mapped_column(default=False)
    person: Mapped[PersonRow | None] = relationship(lazy="raise_on_sql")
    organisation: Mapped[OrganisationRow | None] = relationship(lazy="raise_on_sql")


class TalkRegionRow(Base):
    """A talk's regions in the order given."""

    __tablename__ = "presentation_region"
    __table_args__ = (UniqueConstraint("presentation_id", "region_code"), Index(None, "region_code"))

    talk_id: Mapped[str] = mapped_column("presentation_id", ForeignKey("presentation.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    region_code: Mapped[str] = mapped_column(ForeignKey("region.code"))


class FilmRow(Base):
    """A link to a film of a talk, or of a whole event: one of both has its identifier."""

    __tablename__ = "film"
    __table_args__ = (Index(None, "event_id"), Index(None, "presentation_id"))

    id: Mapped[str] = mapped_column(primary_key=True)
    event_id: Mapped[str | None] = mapped_column(ForeignKey("event.id"))
    talk_id: Mapped[str | None] = mapped_column("presentation_id", ForeignKey("presentation.id"))
    position: Mapped[int]
    address: Mapped[str]


class TalkRow(Base):
    """A talk. Its table and the columns that refer to it have an older name: presentation.

    `visibility_given` is as that of its event.
    """

    __tablename__ = "presentation"
    __table_args__ = (Index(None, "event_id", "position"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    topic: Mapped[str]
    event_id: Mapped[str | None] = mapped_column(ForeignKey("event.id"))
    position: Mapped[int]
    abstract: Mapped[str]
    language: Mapped[str]
    visibility: Mapped[str]
    visibility_given: Mapped[str] = mapped_column(default="")
    region_links: Mapped[list[TalkRegionRow]] = relationship(
        order_by=TalkRegionRow.position, cascade="all, delete-orphan", lazy="raise_on_sql"
    )
    contributions: Mapped[list[ContributionRow]] = relationship(
        order_by=ContributionRow.position, cascade="all, delete-orphan", lazy="raise_on_sql"
    )
    films: Mapped[list[FilmRow]] = relationship(
        order_by=FilmRow.position, cascade="all, delete-orphan", lazy="select"
    )
