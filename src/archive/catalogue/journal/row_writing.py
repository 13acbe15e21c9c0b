"""The rows that an undo writes: whether they may come or go, and writes of the same columns in one statement.

A row may come or go where its parents are there, what only one may have is free, and nothing uses it. Parents
that were seen once are remembered until `forget`: an undo of ten thousand rows asks for few.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Table, UniqueConstraint, and_, bindparam, delete, insert, select, tuple_, update
from sqlalchemy.orm import Session

from archive.catalogue.journal.recorded_tables import (
    BY_NAME,
    from_json,
    joined,
    key_condition,
    key_values,
    refers_to,
)
from archive.model.edits import Values

_VALUES_A_QUERY = 400

_Row = dict[str, Any]


class RowPresence:
    """What there is in the tables, as it is written now in a transaction."""

    def __init__(self, session: Session) -> None:
        """Take the session that writes."""
        self._session = session
        self._seen: set[tuple[str, str, object]] = set()

    def forget(self) -> None:
        """Forget which parents were seen: rows may have gone since."""
        self._seen.clear()

    def look_for_parents(self, table: Table, rows: Sequence[Values]) -> None:
        """Look for the parents of many rows at once."""
        for key in table.foreign_keys:
            of_parent = key.column.table.name, key.column.name
            values = {value for row in rows if (value := row.get(key.parent.name)) is not None}
            wanted = sorted(value for value in values if (*of_parent, value) not in self._seen)
            for start in range(0, len(wanted), _VALUES_A_QUERY):
                some = key.column.in_(wanted[start : start + _VALUES_A_QUERY])
                found = self._session.connection().execute(select(key.column).where(some)).all()
                self._seen.update((*of_parent, value) for (value,) in found)

    def has_parents(self, table: Table, values: Values) -> bool:
        """Return whether all rows that `values` refer to are there."""
        for key in table.foreign_keys:
            value = values.get(key.parent.name)
            seen = key.column.table.name, key.column.name, value
            if value is None or seen in self._seen:
                continue
            if not self._exists(key.column.table, {key.column.name: value}):
                return False
            self._seen.add(seen)
        return True

    def is_in_use(self, table: Table, row: Values) -> bool:
        """Return whether another row refers to this one."""
        return any(
            self._exists(other, {column: row[referred]})
            for other, column, referred in refers_to(table)
            if row.get(referred) is not None
        )

    def is_taken(self, table: Table, key: str, row: Values) -> bool:
        """Return whether another row has what only one may have."""
        return any(
            self._exists(table, {name: row[name] for name in names}, but=key)
            for names in uniques(table)
            if all(row.get(name) is not None for name in names)
        )

    def owners(self, table: Table, rows: Sequence[Values]) -> dict[tuple[object, ...], str]:
        """Return the key of the row that has what only one may have, of each such value of new rows."""
        found: dict[tuple[object, ...], str] = {}
        primary = list(table.primary_key)
        for names in uniques(table):
            wanted = [tuple(row[name] for name in names) for row in rows]
            columns = [table.c[name] for name in names]
            for start in range(0, len(wanted), _VALUES_A_QUERY):
                some = tuple_(*columns).in_(wanted[start : start + _VALUES_A_QUERY])
                for row in self._session.connection().execute(select(*columns, *primary).where(some)).all():
                    found[(*names, *row[: len(names)])] = joined(row[len(names) :])
        return found

    def _exists(self, table: Table, values: Values, but: str | None = None) -> bool:
        conditions = [table.c[name] == from_json(table, name, value) for name, value in values.items()]
        if but is not None:
            conditions.append(~key_condition(table, [but]))
        statement = select(*table.primary_key).where(and_(*conditions)).limit(1)
        return self._session.connection().execute(statement).first() is not None


@cache
def uniques(table: Table) -> Sequence[Sequence[str]]:
    """Return the columns of a table of which only one row may have the same values."""
    return [
        [column.name for column in constraint.columns]
        for constraint in table.constraints
        if isinstance(constraint, UniqueConstraint)
    ]


def unique_values(table: Table, row: Values) -> Iterable[tuple[object, ...]]:
    """Return what only one row may have of this one, as `RowPresence.owners` has it."""
    for names in uniques(table):
        yield (*names, *(row[name] for name in names))


class GatheredWrites:
    """What is to be written of the recorded tables. The recording has read these rows before."""

    def __init__(self, session: Session) -> None:
        """Take the session that writes."""
        self._session = session
        self._updates: dict[tuple[str, tuple[str, ...]], list[_Row]] = {}
        self._deletes: dict[str, list[_Row]] = {}

    def insert(self, table: Table, rows: Iterable[Values]) -> None:
        """Insert rows now."""
        typed = [{name: from_json(table, name, value) for name, value in row.items()} for row in rows]
        if typed:
            self._session.connection().execute(insert(table), typed)

    def set(self, table: Table, key: str, values: Values) -> None:
        """Gather new values of a row."""
        if values:
            typed = {_new(name): from_json(table, name, value) for name, value in values.items()}
            self._updates.setdefault((table.name, tuple(values)), []).append(typed | _key(table, key))

    def set_gathered(self) -> None:
        """Write the values that were gathered."""
        for (name, columns), rows in self._updates.items():
            table = BY_NAME[name]
            values: _Row = {column: bindparam(_new(column)) for column in columns}
            self._session.connection().execute(update(table).where(_is_row(table)).values(values), rows)
        self._updates.clear()

    def set_now(self, table: Table, key: str, values: Values) -> None:
        """Write new values of a row, and what was gathered before."""
        self.set(table, key, values)
        self.set_gathered()

    def delete(self, table: Table, key: str) -> None:
        """Gather a row that is to go."""
        self._deletes.setdefault(table.name, []).append(_key(table, key))

    def delete_gathered(self) -> None:
        """Delete the rows that were gathered."""
        for name, rows in self._deletes.items():
            table = BY_NAME[name]
            self._session.connection().execute(delete(table).where(_is_row(table)), rows)
        self._deletes.clear()

    def delete_now(self, table: Table, key: str) -> None:
        """Delete a row."""
        self.delete(table, key)
        self.delete_gathered()


def _is_row(table: Table) -> Any:
    return and_(*(column == bindparam(f"key_{column.name}") for column in table.primary_key))


def _key(table: Table, key: str) -> _Row:
    names = [column.name for column in table.primary_key]
    return {f"key_{name}": value for name, value in zip(names, key_values(table, key), strict=True)}


def _new(column: str) -> str:
    return f"new_{column}"
