"""Give rows their values of before an edit, where nobody has changed them since and nothing is in the way.

Records come back first, parents before those that refer to them, and go last. Links (rows that nothing refers
to, such as a talk's regions) go first and come last, so that two may change places.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from archive.catalogue import taken_out
from archive.catalogue.journal.recorded_tables import BY_NAME, columns, read_rows, to_json
from archive.catalogue.journal.recording import Recording
from archive.catalogue.journal.row_writing import GatheredWrites, RowPresence, unique_values, uniques
from archive.catalogue.outcomes import retry_all_where_failed
from archive.catalogue.tables.base import Base
from archive.model.documents import WithdrawalReason
from archive.model.edits import Conflict, ConflictKind, Edit, RowChange, Values

_DOCUMENT = "document"


class RowRestoring:
    """One undo; `conflicts` is what it leaves as it is."""

    def __init__(self, session: Session, record: Recording, overwrite: bool) -> None:
        """Take the recording that the undo is an edit of; `overwrite` also what was changed since."""
        self._session = session
        self._record = record
        self._overwrite = overwrite
        self._order = {table.name: n for n, table in enumerate(Base.metadata.sorted_tables)}
        self._presence = RowPresence(session)
        self._writes = GatheredWrites(session)
        self._withdrawals: dict[str, bool] = {}
        self.conflicts: list[Conflict] = []

    def take_back(self, edit: Edit) -> None:
        """Take one edit back as far as it can be."""
        self._session.flush()
        self._presence.forget()
        keys = [(change.table, change.key) for change in edit.changes]
        self._record.touch(keys)
        found = read_rows(self._session, keys)
        in_order = sorted(edit.changes, key=lambda one: self._order[one.table])
        links = [one for one in in_order if _is_link(one.table)]
        others = [one for one in in_order if not _is_link(one.table)]
        wanted = [
            (one, row) for one in links for row in [self._unlink(one, found.get((one.table, one.key)))] if row
        ]
        self._writes.delete_gathered()
        for change in others:
            if change.after is None:
                self._bring_back(change, change.before or {}, found.get((change.table, change.key)))
        self._change_all_back([one for one in others if one.after is not None], found)
        self._bring_links_back(wanted)
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
            self._writes.delete(BY_NAME[change.table], change.key)
        return change.before

    def _bring_back(self, change: RowChange, wanted: Values, found: Values | None) -> None:
        table = BY_NAME[change.table]
        if found is not None:
            self._writes.set_now(table, change.key, self._free(change, wanted, {}, found))
        elif not self._presence.has_parents(table, wanted):
            self._leave(ConflictKind.GONE, change)
        elif self._presence.is_taken(table, change.key, wanted):
            self._leave(ConflictKind.TAKEN, change)
        else:
            self._writes.insert(table, [wanted])

    def _bring_links_back(self, wanted: Sequence[tuple[RowChange, Values]]) -> None:
        """Insert links, those of a table by one statement."""
        for name in dict.fromkeys(change.table for change, _ in wanted):
            table = BY_NAME[name]
            of_table = [(change, row) for change, row in wanted if change.table == name]
            rows = [row for _, row in of_table]
            self._presence.look_for_parents(table, rows)
            owners = self._presence.owners(table, rows)
            free: list[Values] = []
            for change, row in of_table:
                only_here = list(unique_values(table, row))
                if not self._presence.has_parents(table, row):
                    self._leave(ConflictKind.GONE, change)
                elif any(one in owners for one in only_here):
                    self._leave(ConflictKind.TAKEN, change)
                else:
                    owners |= dict.fromkeys(only_here, change.key)
                    free.append(row)
            self._writes.insert(table, free)

    def _change_all_back(self, changes: list[RowChange], found: Mapping[tuple[str, str], Values]) -> None:
        """Change rows back; one whose name another row of the same edit still has waits for that one."""
        waiting = [one for one in changes if one.before is not None or one.table == _DOCUMENT]
        while waiting:
            left = [one for one in waiting if not self._change_back(one, found.get((one.table, one.key)))]
            self._writes.set_gathered()
            self._follow_withdrawals()
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
        if uniques(table) and self._presence.is_taken(table, change.key, {**found, **wanted}):
            return False
        values = self._free(change, wanted, change.after or {}, found)
        if not self._presence.has_parents(table, values):
            self._leave(ConflictKind.GONE, change)
            return True
        if uniques(table):
            self._writes.set_now(table, change.key, values)
        else:
            self._writes.set(table, change.key, values)
        if change.table == _DOCUMENT and "withdrawn_at" in values:
            self._withdrawals[change.key] = values["withdrawn_at"] is not None
        return True

    def _take_away(self, change: RowChange, found: Values | None) -> None:
        if found is None:
            return
        if found != change.after and not self._overwrite:
            self._leave_changed(change, found)
        elif self._presence.is_in_use(BY_NAME[change.table], found):
            self._leave(ConflictKind.IN_USE, change)
        else:
            self._writes.delete_now(BY_NAME[change.table], change.key)

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

    def _withdraw(self, document_id: str, found: Values) -> None:
        """Withdraw a document that came with an edit: it belongs to no talk or event any more."""
        values: dict[str, Any] = {"presentation_id": None, "event_id": None}
        if found["withdrawn_at"] is None:
            reason = WithdrawalReason.DISCARDED.value
            values |= {"withdrawn_at": to_json(datetime.now(UTC)), "withdrawn_reason": reason}
            self._withdrawals[document_id] = True
        self._writes.set(BY_NAME[_DOCUMENT], document_id, values)

    def _follow_withdrawals(self) -> None:
        """Drop the jobs of documents that are withdrawn; ask again for what those that are back lack."""
        gone = [document_id for document_id, is_withdrawn in self._withdrawals.items() if is_withdrawn]
        taken_out.drop_jobs(self._session, gone)
        back = [document_id for document_id, is_withdrawn in self._withdrawals.items() if not is_withdrawn]
        retry_all_where_failed(self._session, back)
        self._withdrawals.clear()

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
