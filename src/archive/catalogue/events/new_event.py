"""An event as it is given to be saved.

What people write (`seminar.toml`) is validated where it enters, by `ingest/intake/seminar_model.py`; these
records hold what has been validated. Their fields have the names of the tables' columns.
"""

from dataclasses import dataclass
from datetime import date

from archive.catalogue.tables.events import EventRow, TalkRow
from archive.model.events import DatePrecision, iso_date
from archive.model.visibility import Visibility


@dataclass(frozen=True, slots=True)
class NewSpeaker:
    """A speaker with the role and organisation at the time of the talk.

    One of name and organisation is given. Who led the talk `is_moderator`, no speaker.
    """

    name: str
    role: str = ""
    organisation: str = ""
    is_moderator: bool = False


@dataclass(frozen=True, slots=True)
class NewTalk:
    """A talk; `position` counts from 1 in the programme."""

    topic: str
    position: int
    abstract: str = ""
    language: str = ""
    visibility: Visibility = Visibility.PUBLIC
    region_codes: tuple[str, ...] = ()
    speakers: tuple[NewSpeaker, ...] = ()


@dataclass(frozen=True, slots=True)
class NewFocusArea:
    """A focus area, identified by title and first year."""

    title: str
    year_from: int | None = None
    year_to: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event with its talks. `source` is the path of the file that describes it."""

    title: str
    kind: str = "seminar"
    starts_on: date | None = None
    ends_on: date | None = None
    place: str = ""
    occasion: str = ""
    organiser: str = ""
    text: str = ""
    source_url: str = ""
    source: str = ""
    visibility: Visibility = Visibility.PUBLIC
    focus_areas: tuple[NewFocusArea, ...] = ()
    talks: tuple[NewTalk, ...] = ()
    starts_precision: DatePrecision = DatePrecision.DAY
    ends_precision: DatePrecision = DatePrecision.DAY

    @property
    def starts(self) -> str:
        """Return when it began as exactly as it is known: 2022-05-19, 2022-05, 2022 or ""."""
        return iso_date(self.starts_on, self.starts_precision)


@dataclass(frozen=True, slots=True)
class SavedEvent:
    """Identifiers of a saved event and of its talks, in the order they were given.

    `corrections` say what is called otherwise than before ("Old title → New title").
    """

    event_id: str
    talk_ids: tuple[str, ...]
    corrections: tuple[str, ...] = ()


def visibilities(given: Visibility, row: EventRow | TalkRow | None, draft: bool) -> dict[str, object]:
    """Return who sees a record: as a draft staff alone; one that is published opens to nobody by a draft."""
    if not draft:
        return {"visibility": given.value, "visibility_given": ""}
    if row is None or row.visibility_given:
        return {"visibility": Visibility.STAFF.value, "visibility_given": given.value}
    return {"visibility": row.visibility, "visibility_given": ""}
