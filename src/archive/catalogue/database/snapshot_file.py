"""One state of a whole catalogue: as an SQLite file, with which a backup begins, or to read for a while."""

import os
import secrets
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from archive.catalogue.database.copying import OneState, copy_rows
from archive.catalogue.database.database import Database
from archive.catalogue.database.migration import REVISIONS
from archive.catalogue.tables.journal import MetaRow
from archive.errors import StorageError

_Given = TypeVar("_Given")
_LEFT_BESIDE = ("-journal", "-wal", "-shm", ".gate", ".lock")


@dataclass(frozen=True, slots=True)
class FileState:
    """What a catalogue's file says of itself: revision, rows by table, and what is damaged ("" nothing)."""

    revision: str
    rows: Mapping[str, int]
    damage: str

    @property
    def is_known(self) -> bool:
        """Return whether this version of the archive can work with it."""
        return self.revision in REVISIONS


def write_snapshot(database: Database, path: Path, meanwhile: Callable[[], _Given]) -> _Given:
    """Write the catalogue to a new SQLite file; return what `meanwhile` gives of the very same state.

    Nobody commits while `meanwhile` runs and, with SQLite, until the file is there: writers wait, readers do
    not. So `path` should be on a quick disk. From a server the rows are copied afterwards, out of the state
    that was.

    Raises Busy, StorageError and CatalogueError.
    """
    with ExitStack() as pinned:
        with database.write():
            given = meanwhile()
            if not database.is_shared:
                with database.read() as reading:  # SQLite copies nothing out of a transaction that writes
                    copy_file(reading, path)
                return given
            state = pinned.enter_context(database.read())
            state.execute(select(MetaRow.value).limit(1))  # the state is that of the first question
        with closing(Database.open(f"sqlite:///{path}")) as target:
            copy_rows(OneState(database.epoch, state), target, lambda _table, _count: None)
            _copy_facts(state, target)
    _make_single(path)
    return given


def copy_file(session: Session, path: Path) -> None:
    """Copy the file of an SQLite catalogue, as a session that reads sees it, to a single new file.

    With the database's own online backup (https://www.sqlite.org/backup.html): who reads the file itself for
    minutes keeps all writers waiting.

    Raises StorageError where the copy cannot be written.
    """
    source: object = session.connection().connection.dbapi_connection
    assert isinstance(source, sqlite3.Connection)
    try:
        with closing(sqlite3.connect(path)) as target:
            target.execute("PRAGMA synchronous=OFF").close()  # the file is synced when it is whole
            source.backup(target)
        _make_single(path)
    except (sqlite3.Error, OSError) as error:
        raise StorageError(
            f"The catalogue cannot be copied to {path.parent}. Free some space there or mend its rights; "
            "try again."
        ) from error


def look_at(path: Path) -> FileState:
    """Return what a catalogue's file says of itself; it stays as it is."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as file:
            (revision,) = file.execute("SELECT version_num FROM alembic_version").fetchone()
            names = file.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' "
                "ESCAPE '\\' ORDER BY name"
            ).fetchall()
            rows = {
                name: file.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
                for (name,) in names
            }
            return FileState(revision, rows, _damage(file))
    except (sqlite3.Error, TypeError) as error:
        return FileState("", {}, str(error) or "unreadable")


def renew_epoch(database: Database) -> None:
    """Give a catalogue that was restored an identifier of its own: no index of before is of it."""
    with database.write() as session:
        session.execute(update(MetaRow).where(MetaRow.key == "epoch").values(value=secrets.token_hex(16)))


def damage_of(database: Database) -> str:
    """Check a whole catalogue, with what refers to what; return what is wrong, "" for nothing."""
    if database.is_shared:
        return ""  # the server refuses rows that refer to nothing, and checks its pages when it reads them
    with database.read() as session:
        broken = session.execute(text("PRAGMA foreign_key_check")).all()
        if broken:
            return _dangling(broken[0][0], broken[0][2], len(broken))
        found = str(session.execute(text("PRAGMA integrity_check(1)")).scalar())
    return "" if found == "ok" else found


def _damage(file: sqlite3.Connection) -> str:
    found = str(file.execute("PRAGMA integrity_check(1)").fetchone()[0])
    if found != "ok":
        return found
    broken = file.execute("PRAGMA foreign_key_check").fetchall()
    return _dangling(broken[0][0], broken[0][2], len(broken)) if broken else ""


def _dangling(table: str, parent: str, count: int) -> str:
    return f"{count} rows ({table}) refer to rows ({parent}) that are gone"


def _copy_facts(state: Session, target: Database) -> None:
    """Copy the facts about the catalogue that `copy_rows` leaves out."""
    facts = [(row.key, row.value) for row in state.scalars(select(MetaRow)).all()]
    with target.write() as session:
        for key, value in facts:
            session.merge(MetaRow(key=key, value=value))


def _make_single(path: Path) -> None:
    """Leave one file that has everything, whatever journal its catalogue is kept with."""
    with closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA journal_mode=DELETE").close()
    for suffix in _LEFT_BESIDE:
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    with path.open("rb") as written:
        os.fsync(written.fileno())


@contextmanager
def snapshot(database: Database, folder: Path) -> Iterator[Session]:
    """Give a session that sees the catalogue as it is now.

    A server gives that by itself. An SQLite file is copied first with the database's own online backup
    (https://www.sqlite.org/backup.html): who reads the file itself for minutes keeps all writers waiting.

    Args:
        database: is read.
        folder: where the copy is made, and removed again.

    Raises Busy, StorageError and CatalogueError.
    """
    if database.is_shared:
        with database.read() as session:
            yield session
        return
    path = folder / "catalogue.db"
    try:
        with database.read() as session:
            copy_file(session, path)
        with closing(Database.open(f"sqlite:///{path}")) as copied, copied.read() as session:
            yield session
    finally:
        for left in folder.glob("catalogue.db*"):
            left.unlink()
