"""Which tables the journal records, and rows of them as values that JSON has."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Date, String, Table, inspect, select, tuple_, type_coerce
from sqlalchemy.orm import Session

from archive.catalogue.tables.base import Base, UtcDateTime
from archive.catalogue.tables.documents import DocumentRow, PageChoiceRow, PageRow
from archive.catalogue.tables.events import (
    ContributionRow,
    EventFocusAreaRow,
    EventRow,
    FilmRow,
    FocusAreaRow,
    OrganisationRow,
    PersonRow,
    TalkRegionRow,
    TalkRow,
)
from archive.catalogue.tables.names import (
    DistinctOrganisationsRow,
    DistinctPeopleRow,
    FormerOrganisationRow,
    FormerPersonRow,
    OrganisationSpellingRow,
    PersonSpellingRow,
)
from archive.model.edits import Values

RECORDED: dict[type[Base], Collection[str]] = {
    FocusAreaRow: (),
    EventRow: (),
    EventFocusAreaRow: (),
    PersonRow: (),
    OrganisationRow: (),
    PersonSpellingRow: (),
    OrganisationSpellingRow: (),
    FormerPersonRow: (),
    FormerOrganisationRow: (),
    DistinctPeopleRow: (),
    DistinctOrganisationsRow: (),
    TalkRow: (),
    ContributionRow: (),
    TalkRegionRow: (),
    FilmRow: (),
    DocumentRow: (),
    PageChoiceRow: (),
    PageRow: ("hidden",),
}
"""Mapped classes, each with the columns recorded of it; all of them where none is named."""

_LEFT_OUT = {"document": {"naming"}}
"""What says nothing of a record: the version of the rules that named it."""

BY_NAME: dict[str, Table] = {}
_COLUMNS: dict[str, Sequence[str]] = {}
_READ: dict[str, Sequence[ColumnElement[Any]]] = {}
_DATES: dict[str, Sequence[str]] = {}
_KEY_TYPES: dict[str, Sequence[type[Any]]] = {}
_KEYS_A_QUERY = 400

Key = tuple[str, str]
"""The name of a table, and a row's primary key joined by "/"."""


def is_recorded(row: object) -> bool:
    """Return whether the journal records the table of a mapped object."""
    return type(row) in RECORDED


def table_of(mapped: type[Base]) -> Table:
    """Return the table of a mapped class."""
    table = inspect(mapped).local_table
    assert isinstance(table, Table)
    return table


def key_of(row: Base) -> Key:
    """Return the key of a mapped object whose primary key is set."""
    table = table_of(type(row))
    mapper = inspect(type(row))
    values = [getattr(row, mapper.get_property_by_column(column).key) for column in table.primary_key]
    return table.name, joined(values)


def key_in(mapped: type[Base], values: Mapping[str, Any]) -> str:
    """Return the key that is in the values of a mapped class's attributes."""
    mapper = inspect(mapped)
    return joined(values[mapper.get_property_by_column(column).key] for column in mapper.primary_key)


def joined(values: Iterable[Any]) -> str:
    """Return a primary key as one text."""
    return "/".join(str(value) for value in values)


def columns(table: str) -> Sequence[str]:
    """Return the names of the columns that are recorded of a table, the primary key's first."""
    return _COLUMNS[table]


def in_order(table: str, values: Values | None) -> Values | None:
    """Return a row of the journal with its columns in the table's order; those that it has lost last."""
    if values is None or table not in _COLUMNS:
        return values
    known = {name: values[name] for name in _COLUMNS[table] if name in values}
    return known if len(known) == len(values) else {**known, **values}


def key_condition(table: Table, keys: Iterable[str]) -> ColumnElement[bool]:
    """Return the condition that a row of a table has one of the keys."""
    primary = list(table.primary_key)
    types = _KEY_TYPES[table.name]
    if types == (str,):
        return primary[0].in_(list(keys))
    split = [_typed(types, key) for key in keys]
    if len(primary) == 1:
        return primary[0].in_([values[0] for values in split])
    return tuple_(*primary).in_(split)


def read_rows(session: Session, keys: Iterable[Key]) -> dict[Key, Values]:
    """Return the rows of these keys that there are, with a query for every 400 of a table."""
    by_table: dict[str, list[str]] = {}
    for table_name, key in keys:
        by_table.setdefault(table_name, []).append(key)
    found: dict[Key, Values] = {}
    for table_name, of_table in by_table.items():
        for start in range(0, len(of_table), _KEYS_A_QUERY):
            table = BY_NAME[table_name]
            condition = key_condition(table, of_table[start : start + _KEYS_A_QUERY])
            found |= rows_where(session, table, condition)
    return found


def rows_where(session: Session, table: Table, condition: ColumnElement[bool]) -> dict[Key, Values]:
    """Return the rows of a table that meet a condition, as they are written in this transaction."""
    name, names, dates, keys = table.name, columns(table.name), _DATES[table.name], len(table.primary_key)
    found: dict[Key, Values] = {}
    # All at once: row by row takes three times as long.
    for row in session.connection().execute(select(*_READ[name]).where(condition)).all():
        values = dict(zip(names, row, strict=True))
        for date_column in dates:
            values[date_column] = to_json(values[date_column])
        found[name, str(row[0]) if keys == 1 else joined(row[:keys])] = values
    return found


def to_json(value: Any) -> Any:
    """Return a column's value as JSON has it."""
    return value.isoformat() if isinstance(value, date | datetime) else value


def from_json(table: Table, column: str, value: Any) -> Any:
    """Return a value of JSON as the column takes it."""
    if value is None or not isinstance(value, str):
        return value
    wanted = _python_type(table, column)
    if wanted is datetime:
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if wanted is date else value


def refers_to(table: Table) -> Sequence[tuple[Table, str, str]]:
    """Return (table, its column, the column it refers to) for each column that refers to `table`."""
    return [
        (other, key.parent.name, key.column.name)
        for other in Base.metadata.sorted_tables
        for key in other.foreign_keys
        if key.column.table is table
    ]


def key_values(table: Table, key: str) -> tuple[Any, ...]:
    """Return the values of a primary key that was joined."""
    types = _KEY_TYPES[table.name]
    return (key,) if types == (str,) else _typed(types, key)


def _typed(types: Sequence[type[Any]], key: str) -> tuple[Any, ...]:
    parts = key.split("/", len(types) - 1)
    return tuple(int(part) if kind is int else part for part, kind in zip(parts, types, strict=True))


@cache
def _python_type(table: Table, column: str) -> type[Any]:
    kind = table.c[column].type
    impl = getattr(kind, "impl_instance", kind)
    if isinstance(kind, UtcDateTime):
        return datetime
    return impl.python_type


def _as_read(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return what is selected of a column: points in time stay the texts that they are kept as."""
    return type_coerce(column, String) if isinstance(column.type, UtcDateTime) else column


def _fill() -> None:
    for mapped, chosen in RECORDED.items():
        table = table_of(mapped)
        primary = [column.name for column in table.primary_key]
        names = [column.name for column in table.columns]
        wanted = chosen or [name for name in names if name not in _LEFT_OUT.get(table.name, ())]
        BY_NAME[table.name] = table
        _COLUMNS[table.name] = (*primary, *(name for name in wanted if name not in primary))
        _READ[table.name] = [_as_read(table.c[name]) for name in _COLUMNS[table.name]]
        _KEY_TYPES[table.name] = tuple(_python_type(table, name) for name in primary)
        _DATES[table.name] = [name for name in _COLUMNS[table.name] if isinstance(table.c[name].type, Date)]


_fill()
