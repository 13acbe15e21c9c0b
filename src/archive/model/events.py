"""Events, the talks given there, and who gave them."""

from dataclasses import dataclass
from datetime import date

from archive.model.visibility import Visibility


@dataclass(frozen=True, slots=True)
class FocusArea:
    """What the association works on for some years (fokusområde)."""

    id: str
    title: str
    year_from: int | None = None
    year_to: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """A seminar, conference or meeting."""

    id: str
    title: str
    kind: str = "seminar"
    starts_on: date | None = None
    ends_on: date | None = None
    place: str = ""
    occasion: str = ""
    organiser: str = ""
    text: str = ""
    source_url: str = ""
    visibility: Visibility = Visibility.PUBLIC
    focus_areas: tuple[FocusArea, ...] = ()


@dataclass(frozen=True, slots=True)
class Spelling:
    """Another name of a person or an organisation: an earlier one, or another way to write it.

    `begins` and `ends` (YYYY, YYYY-MM or YYYY-MM-DD, both included; "" where not known) say when it was the
    name. Where `is_shown` is not set it is found, but no page shows it.
    """

    name: str
    begins: str = ""
    ends: str = ""
    is_shown: bool = True


@dataclass(frozen=True, slots=True)
class Person:
    """A person who has given a talk."""

    id: str
    name: str
    spellings: tuple[Spelling, ...] = ()


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation that a speaker belonged to."""

    id: str
    name: str
    spellings: tuple[Spelling, ...] = ()


@dataclass(frozen=True, slots=True)
class Region:
    """A place of the controlled vocabulary (NUTS 2021). `broader` is the code of the place it is part of."""

    code: str
    name: str
    alternative_names: tuple[str, ...] = ()
    broader: str | None = None


@dataclass(frozen=True, slots=True)
class Contribution:
    """A person's part in a talk, with their role and organisation at the time.

    `person_name` and `organisation_name` are the names as they stood on the day, "" for those of today.
    """

    person: Person
    role: str = ""
    organisation: Organisation | None = None
    person_name: str = ""
    organisation_name: str = ""


@dataclass(frozen=True, slots=True)
class Talk:
    """One talk in an event. `position` counts from 1 in the programme."""

    id: str
    topic: str
    event_id: str | None = None
    position: int = 1
    abstract: str = ""
    language: str = ""
    visibility: Visibility = Visibility.PUBLIC
    region_codes: tuple[str, ...] = ()
    contributions: tuple[Contribution, ...] = ()
