"""Record what a transaction changes: rows are read before they are first written, and again at the end."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import event, insert, inspect
from sqlalchemy.orm import ORMExecuteState, Session

from archive.catalogue.journal import chain
from archive.catalogue.journal.reach import reached
from archive.catalogue.journal.recorded_tables import (
    RECORDED,
    Key,
    is_recorded,
    key_in,
    key_of,
    read_rows,
    rows_where,
    table_of,
)
from archive.catalogue.tables.base import JsonText
from archive.catalogue.tables.edits import EditRow, RowChangeRow
from archive.catalogue.tables.journal import ChangeRow
from archive.catalogue.visibility import hides, ranks
from archive.model.edits import Author, Edit, RowChange, Values

_ACTIVE = "archive.recording"


class Recording:
    """What is recorded of one transaction. `edit` is there once it has ended, if anything changed."""

    def __init__(self, session: Session, author: Author) -> None:
        """Take the session that writes; `recording` begins and ends it."""
        self._session = session
        self._author = author
        self._before: dict[Key, Values | None] = {}
        self._ranks: dict[str, int] = {}
        self._noted: set[str] = set()
        self._undoes: tuple[int, ...] = ()
        self.edit: Edit | None = None

    def undoes(self, edits: Iterable[int]) -> None:
        """Say which edits this one takes back."""
        self._undoes = tuple(edits)

    def touch(self, keys: Iterable[Key]) -> None:
        """Read rows that are about to be written, where they have not been read before."""
        fresh = [key for key in dict.fromkeys(keys) if key not in self._before]
        if not fresh:
            return
        rows = read_rows(self._session, fresh)
        self._remember({key: rows.get(key) for key in fresh})

    def _remember(self, rows: Mapping[Key, Values | None]) -> None:
        """Keep rows as they are now, where nothing is kept of them: they are about to be written."""
        fresh = {key: row for key, row in rows.items() if key not in self._before}
        if not fresh:
            return
        self._before |= fresh
        documents = [one for one in reached(self._session, fresh) if one not in self._ranks]
        self._ranks |= _ranks(self._session, documents)

    def before_flush(self, session: Session, *_: object) -> None:
        """Read what a flush writes."""
        self._noted.update(row.document_id for row in session.new if isinstance(row, ChangeRow))
        written = [row for row in (*session.dirty, *session.deleted) if is_recorded(row)]
        orphans = [part for row in written for part in _orphans(row)]
        self.touch(key_of(row) for row in (*written, *orphans))

    def after_flush(self, session: Session, *_: object) -> None:
        """Remember which rows a flush added: only now do all of them have their keys."""
        for row in session.new:
            if is_recorded(row):
                self._before.setdefault(key_of(row), None)

    def before_statement(self, state: ORMExecuteState) -> None:
        """Read what an UPDATE or a DELETE of many rows changes; remember what an INSERT of many adds."""
        mapper = state.bind_mapper
        is_write = state.is_insert or state.is_update or state.is_delete
        if not is_write or mapper is None or mapper.class_ not in RECORDED:
            return
        statement: Any = state.statement
        table = table_of(mapper.class_)
        if isinstance(state.parameters, Sequence):  # rows with values of their own
            keys = [(table.name, key_in(mapper.class_, values)) for values in state.parameters]
            if state.is_insert:
                self._before = dict.fromkeys(keys) | self._before
            else:
                self.touch(keys)
        elif state.is_insert or statement.whereclause is None:
            raise RuntimeError("A statement that says not which rows it changes is not recorded.")
        else:
            self._remember(rows_where(self._session, table, statement.whereclause))

    def finish(self) -> None:
        """Write the edit, where anything changed, and a change of each document that it reaches."""
        self._session.flush()
        after = read_rows(self._session, self._before)
        changed = [
            RowChange(*key, before, after.get(key))
            for key, before in self._before.items()
            if before != after.get(key) and not _is_machine_made(key, before, after.get(key))
        ]
        if not changed:
            return
        self.edit = write_edit(self._session, self._author, changed, self._undoes)
        self._note_documents(changed)

    def _note_documents(self, changed: Sequence[RowChange]) -> None:
        documents = sorted(reached(self._session, map(_key, changed)) | self._ranks.keys())
        hidden = reached(self._session, (_key(change) for change in changed if _takes_away(change)))
        ranks_now = _ranks(self._session, documents)
        at = datetime.now(UTC)
        noted = [
            {
                "document_id": document_id,
                # Of a document that only new rows reach (a region, a contribution) no rank was read before.
                "hides": hides(self._ranks.get(document_id, now := ranks_now[document_id]), now)
                or document_id in hidden,
                "at": at,
            }
            for document_id in documents
            if document_id in ranks_now and document_id not in self._noted
        ]
        if noted:
            self._session.connection().execute(insert(ChangeRow), noted)


@contextmanager
def recording(session: Session, author: Author) -> Iterator[Recording]:
    """Record what is changed in a session that writes, while the context lasts.

    Within another recording of the session this is a part of that one. Nothing is written where the context
    ends in an exception: the transaction is rolled back then.
    """
    outer = session.info.get(_ACTIVE)
    if isinstance(outer, Recording):
        yield outer
        return
    session.flush()
    own = Recording(session, author)
    session.info[_ACTIVE] = own
    listeners = (
        ("before_flush", own.before_flush),
        ("after_flush", own.after_flush),
        ("do_orm_execute", own.before_statement),
    )
    for name, listener in listeners:
        event.listen(session, name, listener)
    try:
        yield own
        own.finish()
    finally:
        for name, listener in listeners:
            event.remove(session, name, listener)
        del session.info[_ACTIVE]


def write_edit(
    session: Session, author: Author, changed: Iterable[RowChange], undoes: Iterable[int] = ()
) -> Edit:
    """Add an edit to the end of the chain and return it."""
    number, previous = chain.last(session)
    row = EditRow(
        id=number + 1,
        at=datetime.now(UTC),
        actor=author.actor,
        reason=author.reason.value,
        summary=author.summary,
        group_id=author.group,
        request_id=author.request_id,
        undoes=list(undoes),
        undone_by=None,
        previous_sha256=previous,
        sha256="",
    )
    changes_in_order = tuple(changed)
    parts = [_as_row(row.id, position, change) for position, change in enumerate(changes_in_order, 1)]
    told = [(part["table_name"], part["row_key"], part["content_sha256"]) for part in parts]
    row.sha256 = chain.edit_hash(row, told)
    session.add(row)
    session.flush()
    if parts:
        session.connection().execute(insert(RowChangeRow), parts)
    return Edit(row.id, row.at, author, changes_in_order, tuple(undoes))


def _as_row(edit_id: int, position: int, change: RowChange) -> dict[str, Any]:
    """Return a row of the journal. Its JSON is written once: it is kept as its hash is made of it."""
    before, after = chain.as_text(change.before), chain.as_text(change.after)
    return {
        "edit_id": edit_id,
        "position": position,
        "table_name": change.table,
        "row_key": change.key,
        "before": None if change.before is None else JsonText(before),
        "after": None if change.after is None else JsonText(after),
        "content_sha256": chain.content_hash(before, after),
    }


def _key(change: RowChange) -> Key:
    return change.table, change.key


def _takes_away(change: RowChange) -> bool:
    """Return whether a document was withdrawn, or a slide hidden."""
    after = change.after or {}
    return bool(after.get("withdrawn_at") if change.table == "document" else after.get("hidden"))


def _is_machine_made(key: Key, before: Values | None, after: Values | None) -> bool:
    """Return whether a row came or went by a reading: whole pages are no edit, only that they are hidden."""
    return key[0] == "page" and (before is None or after is None)


def _orphans(row: Any) -> Iterator[Any]:
    """Return the parts that were taken out of a row's lists: a flush deletes them."""
    state = inspect(row)
    for relationship in state.mapper.relationships:
        if relationship.cascade.delete_orphan and relationship.key in state.dict:
            yield from state.attrs[relationship.key].history.deleted


def _ranks(session: Session, document_ids: Iterable[str]) -> dict[str, int]:
    wanted = list(document_ids)
    found: dict[str, int] = {}
    with session.no_autoflush:
        for start in range(0, len(wanted), 400):
            found |= ranks(session, wanted[start : start + 400])
    return found
