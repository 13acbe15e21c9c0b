"""Making a catalogue in a new SQLite file: all migrations in memory, then the whole of it in one step.

On a disk each of them waits for it several times. Here a kill leaves an empty file or a whole catalogue, and
a process that makes several archives migrates once. An old catalogue is written anew here, so that no page of
its files has what was deleted from it.
"""

import secrets
import sqlite3
from contextlib import closing
from functools import cache
from typing import Final

from sqlalchemy import Engine, StaticPool, create_engine

from archive.catalogue.database.connection import prepare_sqlite, to_json, writing
from archive.catalogue.database.migration import migrate

_RANDOM_BYTES: Final = {"epoch": 16, "form_key": 32}
"""What is a catalogue's own alone, by its key among the metadata: as many random bytes."""


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
