"""Writes of an undo, gathered so that rows of the same columns are written by one statement."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Table, and_, bindparam, delete, insert, update
from sqlalchemy.orm import Session

from archive.catalogue.journal.recorded_tables import BY_NAME, from_json, key_values
from archive.model.edits import Values

_Row = dict[str, Any]


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
