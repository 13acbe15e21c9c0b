"""Bring a catalogue's tables to the revision that this version of the archive works with, and make new ones.

In a new SQLite file all migrations run in memory, then the whole of it is written in one step. On a disk each
of them waits for it several times. Here a kill leaves an empty file or a whole catalogue, and a process that
makes several archives migrates once. An old catalogue is written anew, so that no page of its files has what
was deleted from it.
"""

import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, Engine, StaticPool, create_engine, inspect, text

from archive.catalogue.database import postgresql
from archive.catalogue.database.connection import prepare_sqlite, to_json, writing
from archive.catalogue.database.driver_errors import damaged
from archive.disk.file_lock import open_lock_file, wait_for_lock
from archive.errors import Busy, CatalogueError, StorageError

if TYPE_CHECKING:
    from alembic.config import Config


REVISIONS = tuple(f"{number:04}" for number in range(1, 27))
"""All revisions, oldest first; kept here so that opening a catalogue need not load Alembic."""

_LOCK_WAIT_S = 60.0

_RANDOM_BYTES: Final = {"epoch": 16, "form_key": 32}
"""What is a catalogue's own alone, by its key among the metadata: as many random bytes."""


def is_current(engine: Engine) -> bool:
    """Return whether the catalogue has the newest revision, with one plain query.

    Raises CatalogueError where it was made by a newer version of the archive.
    """
    with engine.connect() as connection:
        return _revision(connection) == REVISIONS[-1]


def is_empty(engine: Engine) -> bool:
    """Return whether there is no table yet."""
    with engine.connect() as connection:
        return not inspect(connection).get_table_names()


def migrate(engine: Engine) -> None:
    """Bring the tables to the newest revision in one transaction. `engine` must be one that writes.

    Several processes may do so at once: each waits for the one before, and finds nothing left to do.
    """
    from alembic import command

    with engine.begin() as connection:
        is_on_server = connection.dialect.name != "sqlite"
        if is_on_server:
            postgresql.prepare_migration(connection)
            _revision(connection)  # another process may have brought them beyond what this version knows
        command.upgrade(configuration(connection), "head")
        if is_on_server:
            postgresql.order_texts_by_letter(connection)


def configuration(connection: Connection | None = None) -> "Config":
    """Return Alembic's configuration: made in code, so that it also works from an installed wheel."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "archive.catalogue:migrations")
    config.set_main_option("recursive_version_locations", "true")  # twenty revisions a folder
    config.attributes["connection"] = connection
    return config


@contextmanager
def migration_lock(path: Path) -> Iterator[None]:
    """Hold the lock file at `path`, waiting up to a minute.

    Raises:
        Busy: Another process keeps it.
        StorageError: The file cannot be made.
    """
    try:
        descriptor = open_lock_file(path)
    except OSError as error:
        raise StorageError(
            "The catalogue's folder cannot be written. Free some space or mend its rights."
        ) from error
    try:
        if not wait_for_lock(descriptor, _LOCK_WAIT_S):
            raise Busy("Another process is changing the catalogue. Try again in a moment.")
        yield
    finally:
        os.close(descriptor)


def _revision(connection: Connection) -> str:
    names = set(inspect(connection).get_table_names())
    revision = ""
    if "alembic_version" in names:
        revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or ""
    if not revision and names - {"alembic_version"}:  # perhaps another program's: no archive is made in it
        raise damaged() if connection.dialect.name == "sqlite" else _of_another_program()
    if revision and revision not in REVISIONS:
        raise CatalogueError(
            "The catalogue was made by a newer version of the archive. Install that version."
        )
    return revision


def _of_another_program() -> CatalogueError:
    return CatalogueError(
        "The database in database_url has tables of another program. Make an empty one, and name that."
    )


def make_catalogue(engine: Engine) -> None:
    """Put a new catalogue into the empty SQLite file of an engine. Raises sqlite3.Error."""
    with closing(sqlite3.connect(":memory:")) as new, closing(engine.raw_connection()) as file:
        new.deserialize(_migrated())
        for key, count in _RANDOM_BYTES.items():
            new.execute("UPDATE meta SET value = ? WHERE key = ?", (secrets.token_hex(count), key))
        new.commit()
        target = file.driver_connection
        assert isinstance(target, sqlite3.Connection)
        new.backup(target)


@cache
def _migrated() -> bytes:
    engine = create_engine("sqlite://", poolclass=StaticPool, json_serializer=to_json)
    prepare_sqlite(engine, "truncate")
    try:
        migrate(writing(engine))
        with closing(engine.raw_connection()) as connection:
            made = connection.driver_connection
            assert isinstance(made, sqlite3.Connection)
            return made.serialize()
    finally:
        engine.dispose()


def write_anew(engine: Engine) -> None:
    """Write all tables anew and empty the journals beside them.

    On a server the log of transactions keeps what was, until it is used again or archived elsewhere.
    """
    is_sqlite = engine.dialect.name == "sqlite"
    with engine.connect() as pooled:
        if is_sqlite:
            raw = pooled.connection.dbapi_connection
            assert raw is not None
            cursor = raw.cursor()
            try:
                for statement in ("PRAGMA secure_delete=ON", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
                    cursor.execute(statement)
                    cursor.fetchall()
            finally:
                cursor.close()
            return
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.exec_driver_sql("VACUUM FULL")
