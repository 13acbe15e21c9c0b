"""Give rows their values of before an edit, where nobody has changed them since and nothing is in the way.

Records come back first, parents before those that refer to them, and go last. Links (rows that nothing refers
to, such as a talk's regions) go first and come last, so that two may change places.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Table, UniqueConstraint, and_, delete, insert, select, update
from sqlalchemy.orm import Session

from archive.catalogue import jobs
from archive.catalogue.journal.recorded_tables import (
    BY_NAME,
    columns,
    from_json,
    key_condition,
    read_rows,
    refers_to,
    to_json,
)
from archive.catalogue.journal.recording import Recording
from archive.catalogue.outcomes import retry_where_failed
from archive.catalogue.tables.base import Base
from archive.catalogue.tables.documents import VersionRow
from archive.model.documents import WithdrawalReason
from archive.model.edits import Conflict, ConflictKind, Edit, RowChange, Values

_DOCUMENT = "document"
_KEYS_A_STATEMENT = 400


class RowRestoring:
    """One undo; `conflicts` is what it leaves as it is."""

    def __init__(self, session: Session, record: Recording, overwrite: bool) -> None:
        """Take the recording that the undo is an edit of; `overwrite` also what was changed since."""
        self._session = session
        self._record = record
        self._overwrite = overwrite
        self._order = {table.name: n for n, table in enumerate(Base.metadata.sorted_tables)}
        self._gathered: dict[tuple[str, str], tuple[Values, list[str]]] = {}
        self.conflicts: list[Conflict] = []

    def take_back(self, edit: Edit) -> None:
        """Take one edit back as far as it can be."""
        self._session.flush()
        keys = [(change.table, change.key) for change in edit.changes]
        self._record.touch(keys)
        found = read_rows(self._session, keys)
        in_order = sorted(edit.changes, key=lambda one: self._order[one.table])
        links = [one for one in in_order if _is_link(one.table)]
        others = [one for one in in_order if not _is_link(one.table)]
        wanted = [
            (one, row) for one in links for row in [self._unlink(one, found.get((one.table, one.key)))] if row
        ]
        for change in others:
            if change.after is None:
                self._bring_back(change, change.before or {}, found.get((change.table, change.key)))
        self._change_all_back([one for one in others if one.after is not None], found)
        for link, row in wanted:
            self._bring_back(link, row, None)
        for change in reversed(others):
            if change.before is None and change.table != _DOCUMENT:
                self._take_away(change, found.get((change.table, change.key)))
        self._session.expire_all()

    def _unlink(self, change: RowChange, found: Values | None) -> Values | None:
        """Delete a link that the edit made or changed; return the row that is to stand in its place."""
        if found == change.before:
            return None
        if found != change.after and not self._overwrite:
            self._leave_changed(change, found)
            return None
        if found is not None:
            self._delete(change)
        return change.before

    def _bring_back(self, change: RowChange, wanted: Values, found: Values | None) -> None:
        table = BY_NAME[change.table]
        if found is not None:
            self._set(table, [change.key], self._free(change, wanted, {}, found))
        elif not self._parents_are_there(table, wanted):
            self._leave(ConflictKind.GONE, change)
        elif self._is_taken(table, change.key, wanted):
            self._leave(ConflictKind.TAKEN, change)
        else:
            values = {name: from_json(table, name, value) for name, value in wanted.items()}
            self._session.connection().execute(insert(table).values(values))

    def _change_all_back(self, changes: list[RowChange], found: Mapping[tuple[str, str], Values]) -> None:
        """Change rows back; one whose name another row of the same edit still has waits for that one."""
        waiting = [one for one in changes if one.before is not None or one.table == _DOCUMENT]
        while waiting:
            left = [one for one in waiting if not self._change_back(one, found.get((one.table, one.key)))]
            self._set_gathered()
            if len(left) == len(waiting):
                for change in left:
                    self._leave(ConflictKind.TAKEN, change)
                return
            waiting = left

    def _change_back(self, change: RowChange, found: Values | None) -> bool:
        """Change a row back or say why not; return False where another row has its name."""
        table = BY_NAME[change.table]
        if found is None:
            self._leave(ConflictKind.GONE, change)
            return True
        if change.before is None:
            self._withdraw(change.key, found)
            return True
        wanted = {name: change.before[name] for name in change.columns}
        if self._is_taken(table, change.key, {**found, **wanted}):
            return False
        values = self._free(change, wanted, change.after or {}, found)
        if not self._parents_are_there(table, values):
            self._leave(ConflictKind.GONE, change)
            return True
        if _uniques(table):
            self._set(table, [change.key], values)
        elif values:
            same = (change.table, json.dumps(values, sort_keys=True))
            self._gathered.setdefault(same, (values, []))[1].append(change.key)
        if change.table == _DOCUMENT and "withdrawn_at" in values:
            self._set_gathered()
            self._follow_withdrawal(change.key, is_withdrawn=values["withdrawn_at"] is not None)
        return True

    def _take_away(self, change: RowChange, found: Values | None) -> None:
        if found is None:
            return
        if found != change.after and not self._overwrite:
            self._leave_changed(change, found)
        elif self._is_in_use(BY_NAME[change.table], found):
            self._leave(ConflictKind.IN_USE, change)
        else:
            self._delete(change)

    def _free(self, change: RowChange, wanted: Values, expected: Values, found: Values) -> dict[str, Any]:
        """Return the values that may be set: nobody has changed them since, or it does not matter."""
        free: dict[str, Any] = {}
        for name, value in wanted.items():
            if found[name] == value:
                continue
            if found[name] == expected.get(name) or self._overwrite:
                free[name] = value
            else:
                self._leave(ConflictKind.CHANGED, change, name, value, found[name])
        return free

    def _set(self, table: Table, keys: Sequence[str], values: Values) -> None:
        if values:
            typed = {name: from_json(table, name, value) for name, value in values.items()}
            for start in range(0, len(keys), _KEYS_A_STATEMENT):
                of_keys = key_condition(table, keys[start : start + _KEYS_A_STATEMENT])
                self._session.connection().execute(update(table).where(of_keys).values(typed))

    def _set_gathered(self) -> None:
        """Write what was gathered: rows that get the same values, as of a bulk edit, by one statement."""
        for (table, _), (values, keys) in self._gathered.items():
            self._set(BY_NAME[table], keys, values)
        self._gathered.clear()

    def _delete(self, change: RowChange) -> None:
        table = BY_NAME[change.table]
        self._session.connection().execute(delete(table).where(key_condition(table, [change.key])))

    def _withdraw(self, document_id: str, found: Values) -> None:
        """Withdraw a document that came with an edit: it belongs to no talk or event any more."""
        values: dict[str, Any] = {"presentation_id": None, "event_id": None}
        is_live = found["withdrawn_at"] is None
        if is_live:
            reason = WithdrawalReason.DISCARDED.value
            values |= {"withdrawn_at": to_json(datetime.now(UTC)), "withdrawn_reason": reason}
        self._set(BY_NAME[_DOCUMENT], [document_id], values)
        if is_live:
            self._follow_withdrawal(document_id, is_withdrawn=True)

    def _follow_withdrawal(self, document_id: str, is_withdrawn: bool) -> None:
        """Drop the jobs of a document that is withdrawn; ask again for what one that is back lacks."""
        self._session.expire_all()
        if is_withdrawn:
            versions = select(VersionRow.id).where(VersionRow.document_id == document_id)
            jobs.drop(self._session, self._session.scalars(versions).all())
        else:
            retry_where_failed(self._session, document_id)

    def _parents_are_there(self, table: Table, values: Values) -> bool:
        for key in table.foreign_keys:
            value = values.get(key.parent.name)
            if value is not None and not self._exists(key.column.table, {key.column.name: value}):
                return False
        return True

    def _is_in_use(self, table: Table, row: Values) -> bool:
        return any(
            self._exists(other, {column: row[referred]})
            for other, column, referred in refers_to(table)
            if row.get(referred) is not None
        )

    def _is_taken(self, table: Table, key: str, row: Values) -> bool:
        """Return whether another row has what only one may have."""
        return any(
            self._exists(table, {name: row[name] for name in names}, but=key)
            for names in _uniques(table)
            if all(row.get(name) is not None for name in names)
        )

    def _exists(self, table: Table, values: Values, but: str | None = None) -> bool:
        conditions = [table.c[name] == from_json(table, name, value) for name, value in values.items()]
        if but is not None:
            conditions.append(~key_condition(table, [but]))
        statement = select(*table.primary_key).where(and_(*conditions)).limit(1)
        return self._session.connection().execute(statement).first() is not None

    def _leave_changed(self, change: RowChange, found: Values | None) -> None:
        """Tell each column of a row that is not as the edit left it."""
        if found is None:
            self._leave(ConflictKind.GONE, change)
            return
        before, after = change.before or {}, change.after or {}
        for name in columns(change.table):
            if found[name] != after.get(name):
                self._leave(ConflictKind.CHANGED, change, name, before.get(name), found[name])

    def _leave(
        self, kind: ConflictKind, change: RowChange, column: str = "", wanted: Any = None, found: Any = None
    ) -> None:
        self.conflicts.append(Conflict(kind, change.table, change.key, column, wanted, found))


def _is_link(table: str) -> bool:
    """Return whether rows of a table link two records: nothing refers to them."""
    return len(BY_NAME[table].primary_key) > 1 and table != "page"


def _uniques(table: Table) -> list[list[str]]:
    """Return the columns of which only one row may have the same values."""
    return [
        [column.name for column in constraint.columns]
        for constraint in table.constraints
        if isinstance(constraint, UniqueConstraint)
    ]
