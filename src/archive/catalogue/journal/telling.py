"""Edits as people read them: each record that was changed, its fields before and after, names for keys."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from archive.catalogue.journal.recorded_tables import BY_NAME
from archive.catalogue.tables.documents import VersionRow
from archive.catalogue.tables.events import RegionRow
from archive.model.edits import Edit, RowChange, Values

KIND_OF_TABLE = {
    "event": "event",
    "event_focus_area": "event",
    "presentation": "talk",
    "contribution": "talk",
    "presentation_region": "talk",
    "person": "person",
    "organisation": "organisation",
    "person_spelling": "person",
    "organisation_spelling": "organisation",
    "focus_area": "focus_area",
    "document": "document",
    "page_choice": "document",
    "page": "document",
    "film": "talk",
}
"""Tables, each with the kind of record that its rows belong to; a film may be an event's, too."""

_TABLE_OF_KIND = {"talk": "presentation"}
_LISTS = {
    "event_focus_area": "focus_areas",
    "contribution": "speakers",
    "presentation_region": "regions",
    "person_spelling": "other_names",
    "organisation_spelling": "other_names",
    "film": "films",
}
_RENAMED = {"presentation_id": "talk", "event_id": "event"}
_UNTOLD = {"id", "name_key", "title_key", "source", "title_is_given", "date_is_given", "language_is_given"}
_SLIDES = {"page", "page_choice"}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field before and after, as text; "" for nothing."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RecordChange:
    """What an edit did to one record. `action`: "new", "gone" or "changed"."""

    kind: str
    id: str
    title: str
    action: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class ToldPart:
    """Some of the records that an edit changed, and how many it changed."""

    records: tuple[RecordChange, ...]
    total: int


def told(session: Session, edit: Edit) -> tuple[RecordChange, ...]:
    """Return the records that an edit changed, in the order of their tables."""
    return told_part(session, edit).records


def told_part(session: Session, edit: Edit, first: int = 0, count: int | None = None) -> ToldPart:
    """Return some of the records that an edit changed: a bulk edit has thousands. `first` counts from 0."""
    names = _Names(session, edit.changes)
    grouped: dict[tuple[str, str], list[RowChange]] = {}
    for change in edit.changes:
        kind = _kind_of(change)
        if kind is not None:
            grouped.setdefault((kind, names.record_id(change)), []).append(change)
    some = islice(grouped.items(), first, None if count is None else first + count)
    records = tuple(_told_record(kind, key, rows, names) for (kind, key), rows in some)
    return ToldPart(records, len(grouped))


def fields_of(session: Session, changes: Sequence[RowChange]) -> tuple[FieldChange, ...]:
    """Return the fields of one record that differ between two states of its rows."""
    return _fields(changes, _Names(session, changes))


def name_of(session: Session, kind: str, identifier: str, edits: Sequence[Edit]) -> str | None:
    """Return what a record is called now, or was in the newest of its edits; None where there was none."""
    names = _Names(session, [change for edit in reversed(edits) for change in edit.changes])
    name = names.now(_TABLE_OF_KIND.get(kind, kind), identifier)
    if name is None and edits:
        return names.of(_TABLE_OF_KIND.get(kind, kind), identifier)
    return name


def _kind_of(change: RowChange) -> str | None:
    is_events = change.table == "film" and not _film_of(change)["presentation_id"]
    return "event" if is_events else KIND_OF_TABLE.get(change.table)


def _film_of(change: RowChange) -> Values:
    return change.after or change.before or {}


def _told_record(kind: str, identifier: str, rows: Sequence[RowChange], names: "_Names") -> RecordChange:
    table = _TABLE_OF_KIND.get(kind, kind)
    own = next((row for row in rows if row.table == table), None)
    action = "changed"
    if own is not None and own.is_whole:
        action = "new" if own.before is None else "gone"
    title = names.of(table, identifier)
    return RecordChange(kind, identifier, title, action, _fields(rows, names))


def _fields(rows: Sequence[RowChange], names: "_Names") -> tuple[FieldChange, ...]:
    found: list[FieldChange] = []
    for row in rows:
        if row.table in _LISTS or row.table in _SLIDES:
            continue
        before, after = row.before or {}, row.after or {}
        for column in row.columns:
            if column in _UNTOLD or before.get(column) == after.get(column):
                continue
            old, new = (names.value(column, values.get(column)) for values in (before, after))
            if old != new:
                found.append(FieldChange(_RENAMED.get(column, column), old, new))
    for table, name in _LISTS.items():
        of_list = sorted((row for row in rows if row.table == table), key=_position)
        if of_list:
            old, new = (
                "; ".join(names.link(table, values) for values in side if values)
                for side in ([row.before for row in of_list], [row.after for row in of_list])
            )
            found.append(FieldChange(name, old, new))
    return tuple(found) + tuple(_hidden_slides(rows))


def _hidden_slides(rows: Sequence[RowChange]) -> Iterable[FieldChange]:
    seen: set[int] = set()
    for row in rows:
        number = int(row.key.rsplit("/", 1)[1]) if row.table in _SLIDES else 0
        if row.table == "page" and number not in seen:
            seen.add(number)
            yield FieldChange(f"slide {number}", _hidden(row.before), _hidden(row.after))


def _hidden(values: Values | None) -> str:
    return "hidden" if values and values["hidden"] else "shown"


def _position(row: RowChange) -> tuple[int, str]:
    if row.table == "film":
        return int(_film_of(row)["position"]), row.key
    last = row.key.split("/", 1)[1]
    return (int(last), "") if last.isdecimal() else (0, last)


class _Names:
    """What keys stand for: as it is now, and for what is gone as the edit had it."""

    def __init__(self, session: Session, changes: Sequence[RowChange]) -> None:
        self._session = session
        self._found: dict[tuple[str, str], str] = {}
        for change in changes:
            self._learn(change.table, change.key, change.before)
            self._learn(change.table, change.key, change.after)
        self._versions: dict[str, str] = {}

    def record_id(self, change: RowChange) -> str:
        """Return the identifier of the record that a row belongs to."""
        first = change.key.split("/")[0]
        if change.table == "film":
            return str(_film_of(change)["presentation_id"] or _film_of(change)["event_id"])
        if change.table != "page":
            return first
        if first not in self._versions:
            document_id = self._session.scalar(select(VersionRow.document_id).where(VersionRow.id == first))
            self._versions[first] = document_id or first
        return self._versions[first]

    def of(self, table: str, identifier: str) -> str:
        """Return what a record is called; its identifier where nobody knows any more."""
        key = (table, identifier)
        if key not in self._found:
            self._found[key] = self.now(table, identifier) or identifier
        return self._found[key]

    def now(self, table: str, identifier: str) -> str | None:
        """Return what a record is called now, None where there is none."""
        of_table = RegionRow.__table__ if table == "region" else BY_NAME[table]
        assert isinstance(of_table, Table)
        primary = next(iter(of_table.primary_key))
        wanted = select(of_table.c[_name_column(table)]).where(primary == identifier)
        name: str | None = self._session.connection().scalar(wanted)
        return name

    def value(self, column: str, value: Any) -> str:
        """Return a column's value as text."""
        if value is None or value == "":
            return ""
        if column == "presentation_id":
            return self.of("presentation", value)
        if column == "event_id":
            return self.of("event", value)
        if isinstance(value, bool):
            return "yes" if value else "no"
        return str(value)

    def link(self, table: str, values: Mapping[str, Any]) -> str:
        """Return a link as text: a speaker with role and organisation, a region, a focus area."""
        if table == "contribution":
            organisation = values.get("organisation_id")
            parts = [self.of("person", values["person_id"]), values.get("role") or ""]
            parts.append(self.of("organisation", organisation) if organisation else "")
            written = [values.get(name) or "" for name in ("person_name", "organisation_name")]
            then = ", ".join(filter(None, written))
            return ", ".join(filter(None, parts)) + (f" [{then}]" if then else "")
        if table.endswith("_spelling"):
            then = f"{values['begins']}–{values['ends']}"
            return f"{values['name']} ({then})" if len(then) > 1 else str(values["name"])
        if table == "film":
            return str(values["address"])
        if table == "presentation_region":
            return self.of("region", values["region_code"])
        return self.of("focus_area", values["focus_area_id"])

    def _learn(self, table: str, key: str, values: Values | None) -> None:
        if values and table in _NAMED and values.get(_name_column(table)):
            self._found[table, key] = str(values[_name_column(table)])


_NAMED = {"event", "presentation", "person", "organisation", "focus_area", "document"}


def _name_column(table: str) -> str:
    if table == "presentation":
        return "topic"
    return "title" if table in ("event", "focus_area", "document") else "name"
