"""Events, the talks given there, and who gave them.

Their dates may be no more exact than a month or a year (ISO 8601: 2022-05-19, 2022-05, 2022).
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from archive.model.visibility import Visibility

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class DatePrecision(StrEnum):
    """How exactly a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


_CHARS = {DatePrecision.YEAR: 4, DatePrecision.MONTH: 7, DatePrecision.DAY: 10}
_BY_CHARS = {chars: precision for precision, chars in _CHARS.items()}


def iso_date(day: date | None, precision: DatePrecision) -> str:
    """Return a date as exact as it is known: "2022-05-19", "2022-05" or "2022"; "" where there is none."""
    return "" if day is None else day.isoformat()[: _CHARS[precision]]


def read_date(text: str) -> tuple[date, DatePrecision] | None:
    """Return the first day of a date in ISO 8601 and its precision; None where it is no date."""
    match = _PARTIAL.fullmatch(text)
    if match is None or not match[0].isascii():
        return None
    year, month, day = (int(part or 1) for part in match.groups())
    try:
        return date(year, month, day), _BY_CHARS[len(text)]
    except ValueError:
        return None


def is_in_order(first: str, last: str) -> bool:
    """Return whether a period may begin with one date and end with another: as far as both are known."""
    shared = min(len(first), len(last))
    return first[:shared] <= last[:shared]


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
    """A seminar, conference or meeting.

    Where only the month or the year is known, `starts_on` and `ends_on` are the first day of it.
    """

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
    starts_precision: DatePrecision = DatePrecision.DAY
    ends_precision: DatePrecision = DatePrecision.DAY

    @property
    def starts(self) -> str:
        """Return when it began as exactly as it is known: 2022-05-19, 2022-05, 2022 or ""."""
        return iso_date(self.starts_on, self.starts_precision)

    @property
    def ends(self) -> str:
        """Return when it ended, as `starts`; "" where it began and ended on one day."""
        return iso_date(self.ends_on, self.ends_precision)


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

    `person` is None where only the organisation is known. Who led the talk `is_moderator`, no speaker.
    `person_name` and `organisation_name` are the names as they stood on the day, "" for those of today.
    """

    person: Person | None
    role: str = ""
    organisation: Organisation | None = None
    is_moderator: bool = False
    person_name: str = ""
    organisation_name: str = ""

    @property
    def person_id(self) -> str:
        """Return the person's identifier, "" where it is an organisation's alone."""
        return self.person.id if self.person else ""

    @property
    def name(self) -> str:
        """Return what stands in a list of names: the person's, else the organisation's."""
        if self.person is not None:
            return self.person.name
        return self.organisation.name if self.organisation else ""


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
