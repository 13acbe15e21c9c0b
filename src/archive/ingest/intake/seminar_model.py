"""The fields of `seminar.toml`, their limits, and the wording of every mistake in them."""

import difflib
import unicodedata
from collections.abc import Mapping
from datetime import date as Date  # noqa: N812 - as `datetime`, a type that TOML has
from datetime import datetime
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from archive.model.events import is_in_order, read_date
from archive.model.visibility import Visibility
from archive.printable import without_turning

_OWN_WORDING = "own_wording"
_LINE_MAX_CHARS = 500
_TEXT_MAX_CHARS = 20_000


def _mistake(expected: str) -> PydanticCustomError:
    return PydanticCustomError(_OWN_WORDING, "{expected}", {"expected": expected})


def _clean(value: object) -> object:
    if not isinstance(value, str):
        return value
    text = unicodedata.normalize("NFC", without_turning(value)).strip()
    if any(unicodedata.category(letter) == "Cc" and letter not in "\n\r\t" for letter in text):
        raise _mistake("the text holds control characters; write it again without them")
    return text


def _one_line(value: object) -> object:
    text = _clean(value)
    return " ".join(text.split()) if isinstance(text, str) else text


def _date(value: object) -> object:
    """Return a date as ISO 8601 has it, as exact as it is given; a year may be a number."""
    if isinstance(value, Date) and not isinstance(value, datetime):
        return value.isoformat()
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(text, str) or read_date(text) is None:
        raise _mistake(_DATE_EXPECTED)
    return text


_DATE_EXPECTED = 'expected a day, a month or a year, such as 2022-05-19, "2022-05" or 2022'


def _address(value: object) -> object:
    text = _one_line(value)
    if isinstance(text, str) and text and (not text.startswith(("https://", "http://")) or " " in text):
        raise _mistake("expected a web address that starts with https:// or http://")
    return text


Line = Annotated[str, Field(max_length=_LINE_MAX_CHARS), BeforeValidator(_one_line)]
Needed = Annotated[str, Field(min_length=1, max_length=_LINE_MAX_CHARS), BeforeValidator(_one_line)]
Text = Annotated[str, Field(max_length=_TEXT_MAX_CHARS), BeforeValidator(_clean)]
Address = Annotated[str, Field(max_length=2000), BeforeValidator(_address)]
PartialDate = Annotated[str, BeforeValidator(_date)]
Year = Annotated[int, Field(ge=1900, le=2100)]
VisibilityName = Annotated[Visibility, Field(strict=False)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class FocusAreaTable(_Table):
    """`[[focus_area]]`"""

    title: Needed
    year_from: Year | None = None
    year_to: Year | None = None
    text: Text = ""

    @model_validator(mode="after")
    def _years_in_order(self) -> Self:
        if self.year_from and self.year_to and self.year_to < self.year_from:
            raise _mistake("year_to is before year_from")
        return self


class EventTable(_Table):
    """`[event]`"""

    title: Needed
    kind: Needed = "seminar"
    date: PartialDate | None = None
    start: PartialDate | None = None
    end: PartialDate | None = None
    place: Line = ""
    occasion: Line = ""
    organiser: Line = ""
    text: Text = ""
    source_url: Address = ""
    visibility: VisibilityName = Visibility.PUBLIC

    @model_validator(mode="after")
    def _days_in_order(self) -> Self:
        if self.date and (self.start or self.end):
            raise _mistake("expected either date (one day) or start and end (several days), not both")
        if self.end and not self.start:
            raise _mistake("end needs a start")
        if self.start and self.end and not is_in_order(self.start, self.end):
            raise _mistake("end is before start")
        return self


class SpeakerTable(_Table):
    """`[[talk.speaker]]`"""

    name: Needed
    role: Line = ""
    organisation: Line = ""


class TalkTable(_Table):
    """`[[talk]]`"""

    topic: Needed
    speaker: Annotated[list[SpeakerTable], Field(max_length=50)] = []
    regions: Annotated[list[Needed], Field(max_length=50)] = []
    abstract: Text = ""
    language: Literal["sv", "en", ""] = ""
    visibility: VisibilityName = Visibility.PUBLIC
    deck: Line = ""


class ReportTable(_Table):
    """`[[report]]`"""

    title: Needed
    publisher: Line = ""
    year: Year | None = None
    file: Needed
    visibility: VisibilityName = Visibility.PUBLIC


class SeminarTables(_Table):
    """A whole `seminar.toml`."""

    focus_area: Annotated[list[FocusAreaTable], Field(max_length=50)] = []
    event: EventTable
    talk: Annotated[list[TalkTable], Field(max_length=500)] = []
    report: Annotated[list[ReportTable], Field(max_length=500)] = []


_TABLES: Mapping[tuple[str, ...], type[_Table]] = {
    (): SeminarTables,
    ("focus_area",): FocusAreaTable,
    ("event",): EventTable,
    ("talk",): TalkTable,
    ("talk", "speaker"): SpeakerTable,
    ("report",): ReportTable,
}
_LISTS = {
    "focus_area": "[[focus_area]]",
    "talk": "[[talk]]",
    "speaker": "[[talk.speaker]]",
    "report": "[[report]]",
}

_EXPECTED = {
    "missing": "it is missing",
    "string_type": 'expected text in quotation marks, such as "Falun"',
    "int_type": "expected a whole number without quotation marks, such as 2022",
    "enum": 'expected one of "public", "members" and "staff"',
    "literal_error": 'expected "sv" or "en"',
    "string_too_short": "it is empty; expected text",
    "string_too_long": "the text is too long; expected at most {max_length} characters",
    "too_long": "the list is too long; expected at most {max_length}",
    "greater_than_equal": "expected a number from {ge}",
    "less_than_equal": "expected a number up to {le}",
    _OWN_WORDING: "{expected}",
}

_MISSPELT_EXPECTED = "there is no such field; did you mean {nearest}?"
_UNKNOWN_EXPECTED = "there is no such field; known here: {known}"
_NAMES_EXPECTED = 'expected a list of names in square brackets, such as ["Dalarnas län"]'
_TABLE_EXPECTED = "expected a table under the heading {heading}"
_OTHER_EXPECTED = "the value cannot be used; see docs/seminar-file.md"


def first_mistake(error: ValidationError) -> tuple[str, str]:
    """Return the field (dotted, lists count from 1) and what was expected there, for one mistake.

    Unknown fields come first: a misspelt name also makes the right one look missing.
    """
    errors = error.errors(include_url=False, include_input=False)
    worst = min(errors, key=lambda each: each["type"] != "extra_forbidden")
    place = worst["loc"]
    if worst["type"] == "extra_forbidden":
        return _field(place), _unknown_field(place)
    if worst["type"] in ("list_type", "model_type"):
        return _field(place), _wrong_table(place)
    context: dict[str, Any] = worst.get("ctx", {})
    pattern = _EXPECTED.get(worst["type"], _OTHER_EXPECTED)
    return _field(place), pattern.format(**context)


def _field(place: tuple[int | str, ...]) -> str:
    parts = [f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in place]
    return "".join(parts).removeprefix(".")


def _unknown_field(place: tuple[int | str, ...]) -> str:
    table = _TABLES[tuple(part for part in place[:-1] if isinstance(part, str))]
    known = list(table.model_fields)
    nearest = difflib.get_close_matches(str(place[-1]), known, n=1)
    if nearest:
        return _MISSPELT_EXPECTED.format(nearest=nearest[0])
    return _UNKNOWN_EXPECTED.format(known=", ".join(known))


def _wrong_table(place: tuple[int | str, ...]) -> str:
    name = next(part for part in reversed(place) if isinstance(part, str))
    if name == "regions":
        return _NAMES_EXPECTED
    heading = _LISTS.get(name, f"[{name}]")
    return _TABLE_EXPECTED.format(heading=heading)
