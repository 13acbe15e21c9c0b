"""The kinds of records as the pages have them: their addresses, and how their forms are read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

from archive.catalogue.editing.given import Values
from archive.catalogue.editing.record_kinds import EVENT, FOCUS_AREA, TALK, RecordKind
from archive.errors import NotFound

_SPEAKER_PARTS = ("name", "role", "organisation")
_ROWS_MAX = 60


@dataclass(frozen=True, slots=True)
class WebKind:
    """A kind of record with its place among the pages for staff.

    `path` is what its addresses have after /staff/, `title_field` what a record is called by, `lines` the
    fields of one value in the form's order, `lists` those of several, `written_lists` those of which each
    value is a line of what is written, `has_speakers`: rows of people.
    """

    kind: RecordKind
    path: str
    title_field: str
    lines: Sequence[str]
    lists: Sequence[str] = ()
    written_lists: Sequence[str] = ()
    has_speakers: bool = False

    @property
    def name(self) -> str:
        """Return the name that the journal has for the kind."""
        return self.kind.name

    @property
    def field_names(self) -> Sequence[str]:
        """Return the names of all fields in the form's order."""
        return (*self.lines, *self.lists, *self.written_lists, *(("speakers",) if self.has_speakers else ()))


EVENTS = WebKind(
    EVENT,
    "events",
    "title",
    (
        *("title", "kind", "starts", "ends", "place", "occasion", "organiser", "text", "source_url"),
        "visibility",
    ),
    ("focus_areas",),
    ("films",),
)
TALKS = WebKind(
    TALK,
    "talks",
    "topic",
    ("topic", "event", "abstract", "language", "visibility"),
    ("regions",),
    ("films",),
    has_speakers=True,
)
FOCUS_AREAS = WebKind(FOCUS_AREA, "focus-areas", "title", ("title", "year_from", "year_to", "text"))
WEB_KINDS: Mapping[str, WebKind] = {one.path: one for one in (EVENTS, TALKS, FOCUS_AREAS)}


def web_kind(path: str) -> WebKind:
    """Return the kind of an address. Raises NotFound."""
    if path not in WEB_KINDS:
        raise NotFound("There is no such page.")
    return WEB_KINDS[path]


def read_values(kind: WebKind, given: MultiDict[str, str]) -> Values:
    """Return what a form says, as it was typed; rows of speakers that are empty are left out."""
    values: Values = {name: given.get(name, "") for name in kind.lines}
    values |= {name: given.getlist(name)[:_ROWS_MAX] for name in kind.lists}
    values |= {name: given.get(name, "").splitlines()[:_ROWS_MAX] for name in kind.written_lists}
    if kind.has_speakers:
        values["speakers"] = [
            row for row in _speaker_rows(given) if any(row[part] for part in _SPEAKER_PARTS)
        ]
    return values


def in_base_order(kind: WebKind, values: Values, base: Values) -> Values:
    """Return a form whose ticked boxes stand as they stood before, new ones last: boxes tell no order."""

    def ordered(name: str) -> list[str]:
        ticked, before = values[name], base.get(name, ())
        return [one for one in before if one in ticked] + [one for one in ticked if one not in before]

    return values | {name: ordered(name) for name in kind.lists}


def with_speaker_rows_changed(values: Values, do: str) -> Values:
    """Return a form with a row of speakers added, moved or removed; `do` is "add", "up:2" …"""
    rows = [dict(row) for row in values["speakers"]]
    name, _, argument = do.partition(":")
    at = int(argument) - 1 if argument.isdecimal() and len(argument) < 4 else -1
    if name == "add":
        rows.append({**dict.fromkeys(_SPEAKER_PARTS, ""), "is_moderator": False})
    elif name == "remove" and 0 <= at < len(rows):
        del rows[at]
    elif name in ("up", "down") and 0 <= at < len(rows):
        to = at + (1 if name == "down" else -1)
        if 0 <= to < len(rows):
            rows[at], rows[to] = rows[to], rows[at]
    return values | {"speakers": rows}


def _speaker_rows(given: MultiDict[str, str]) -> list[dict[str, Any]]:
    columns = [given.getlist(f"speaker_{part}")[:_ROWS_MAX] for part in _SPEAKER_PARTS]
    leads = given.getlist("speaker_moderator")[:_ROWS_MAX]
    rows: list[dict[str, Any]] = [
        {part: value.strip() for part, value in zip(_SPEAKER_PARTS, row, strict=True)}
        for row in zip(*columns, strict=False)
    ]
    return [row | {"is_moderator": leads[at : at + 1] == ["yes"]} for at, row in enumerate(rows)]
