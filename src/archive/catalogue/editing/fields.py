"""The fields of each kind of record, as staff fill them in, and what must fit together among them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, TypeAlias

from pydantic import ConfigDict, Field

from archive.catalogue.editing.field_types import (
    ROWS_MAX,
    Address,
    Addresses,
    Language,
    Level,
    Line,
    Names,
    Needed,
    PartialDate,
    Text,
    Year,
)
from archive.model.documents import DocumentKind
from archive.model.events import is_in_order
from archive.model.visibility import Visibility

_CONFIG = ConfigDict(extra="forbid")
_ENDS_ALONE_EXPECTED = "It has an end but no beginning. Write when it begins, too."
_ENDS_FIRST_EXPECTED = "It ends before it begins."
_YEARS_EXPECTED = "The last year is before the first."
_NAMELESS_EXPECTED = "Write the name of everybody who has a role or an organisation."


@dataclass(frozen=True, slots=True)
class EventFields:
    """An event. `starts` and `ends` are ISO 8601, as exact as they are known; `focus_areas` identifiers."""

    __pydantic_config__ = _CONFIG

    title: Needed
    kind: Needed = "seminar"
    starts: PartialDate = ""
    ends: PartialDate = ""
    place: Line = ""
    occasion: Line = ""
    organiser: Line = ""
    text: Text = ""
    source_url: Address = ""
    focus_areas: Names = ()
    films: Addresses = ()
    visibility: Level = Visibility.STAFF


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody's part in a talk, with the role and organisation held then; an organisation may speak."""

    __pydantic_config__ = _CONFIG

    name: Line
    role: Line = ""
    organisation: Line = ""
    is_moderator: bool = False


@dataclass(frozen=True, slots=True)
class TalkFields:
    """A talk. `event` is an identifier, or "" for a talk in none; `regions` are codes or names."""

    __pydantic_config__ = _CONFIG

    topic: Needed
    event: Line = ""
    speakers: Annotated[tuple[Speaker, ...], Field(max_length=ROWS_MAX)] = ()
    abstract: Text = ""
    language: Language = ""
    regions: Names = ()
    films: Addresses = ()
    visibility: Level = Visibility.STAFF


@dataclass(frozen=True, slots=True)
class FocusAreaFields:
    """A focus area; title and first year identify it."""

    __pydantic_config__ = _CONFIG

    title: Needed
    year_from: Year = None
    year_to: Year = None
    text: Text = ""


@dataclass(frozen=True, slots=True)
class DocumentFields:
    """A document. `talk` and `event` are identifiers, or ""; a talk's document is in the talk's event."""

    __pydantic_config__ = _CONFIG

    title: Needed
    kind: Annotated[DocumentKind, Field(strict=False)] = DocumentKind.DECK
    publisher: Line = ""
    year: Year = None
    language: Language = ""
    talk: Line = ""
    event: Line = ""
    visibility: Level = Visibility.STAFF


Fields: TypeAlias = EventFields | TalkFields | FocusAreaFields | DocumentFields


def mistakes(fields: Fields) -> Mapping[str, str]:
    """Return by field what does not fit to another field."""
    if isinstance(fields, EventFields):
        if fields.ends and not fields.starts:
            return {"ends": _ENDS_ALONE_EXPECTED}
        if fields.ends and not is_in_order(fields.starts, fields.ends):
            return {"ends": _ENDS_FIRST_EXPECTED}
    if isinstance(fields, FocusAreaFields) and fields.year_from and fields.year_to:
        return {"year_to": _YEARS_EXPECTED} if fields.year_to < fields.year_from else {}
    if isinstance(fields, TalkFields) and any(not (one.name or one.organisation) for one in fields.speakers):
        return {"speakers": _NAMELESS_EXPECTED}
    return {}
