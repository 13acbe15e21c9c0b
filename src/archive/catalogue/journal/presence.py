"""Whether rows may come or go: their parents are there, what only one may have is free, nothing uses them.

Parents that were seen once are remembered until `forget`: an undo of ten thousand rows asks for few.
"""

from collections.abc import Iterable, Sequence
from functools import cache

from sqlalchemy import Table, UniqueConstraint, and_, select, tuple_
from sqlalchemy.orm import Session

from archive.catalogue.journal.recorded_tables import from_json, joined, key_condition, refers_to
from archive.model.edits import Values

_VALUES_A_QUERY = 400


class Presence:
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
    """Return what only one row may have of this one, as `Presence.owners` has it."""
    for names in uniques(table):
        yield (*names, *(row[name] for name in names))
