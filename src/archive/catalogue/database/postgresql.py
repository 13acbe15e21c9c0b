"""A catalogue on a PostgreSQL server: connections, transactions, and the order of its texts.

One writer at a time, as in SQLite: each takes the same advisory lock, which ends with its transaction. So
numbers of changes are committed in their order, although sequences give them without regard to commits, and
who follows the changes skips none.
"""

from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, QueuePool, create_engine, event, text

from archive.catalogue.database.postgresql_errors import no_rights
from archive.errors import CatalogueError
from archive.settings.database import DatabaseSettings

WRITERS_LOCK: Final = 7_204_173  # any number that nothing else in the database uses
_WRITES: Final = "archive_writes"
# A peer that is gone without a word (its machine or the network failed) is known after some 25 s.
_KEEPALIVE: Final = {"keepalives": 1, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3}
_MIGRATION_WAIT_MS: Final = 60_000


def make_engine(url: URL, bounds: DatabaseSettings, to_json: Callable[[object], str]) -> Engine:
    """Return the engine for a server's address. A connection that has died is made anew before its use."""
    arguments: dict[str, Any] = {
        "connect_timeout": bounds.connect_time_s,
        "application_name": "archive",
        **_KEEPALIVE,
    }
    engine = create_engine(
        url,
        connect_args={name: value for name, value in arguments.items() if name not in url.query},
        poolclass=QueuePool,
        pool_size=bounds.connections_max,
        max_overflow=0,
        pool_timeout=bounds.write_wait_s,
        pool_pre_ping=True,
        json_serializer=to_json,
        hide_parameters=True,
    )
    _bound(engine, bounds)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get(_WRITES, False):
            connection.execute(_TAKE_TURN, {"key": WRITERS_LOCK})

    return engine


def writing(engine: Engine) -> Engine:
    """Return the engine for transactions that write: one at a time in the whole archive."""
    return engine.execution_options(**{_WRITES: True})


def reading(engine: Engine) -> Engine:
    """Return the engine for transactions that see one state of the catalogue and change nothing."""
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


_TAKE_TURN: Final = text("SELECT pg_advisory_xact_lock(:key)")
_SET_BOUNDS: Final = (
    "SELECT set_config('lock_timeout', %s, false), set_config('statement_timeout', %s, false), "
    "set_config('idle_in_transaction_session_timeout', %s, false), "
    "set_config('tcp_keepalives_idle', '10', false), set_config('tcp_keepalives_interval', '5', false), "
    "set_config('tcp_keepalives_count', '3', false)"
)


def _bound(engine: Engine, bounds: DatabaseSettings) -> None:
    """Bound what each connection may wait and do. Not in the address: a pooler in between may refuse that."""
    times_s = (bounds.write_wait_s, bounds.statement_time_s, bounds.idle_transaction_time_s)
    times_ms = tuple(f"{round(time_s * 1000)}" for time_s in times_s)

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, record: object) -> None:
        del record
        connection.execute(_SET_BOUNDS, times_ms)
        connection.commit()


def prepare_migration(connection: Connection) -> None:
    """Let a migration, which may have to read large tables, take its time.

    Raises CatalogueError where the database cannot hold a catalogue.
    """
    if connection.execute(text("SHOW server_encoding")).scalar() != "UTF8":
        raise CatalogueError(
            "The database in database_url cannot hold all letters. Make one with the encoding UTF8."
        )
    if not connection.execute(text("SELECT has_schema_privilege(current_schema(), 'CREATE')")).scalar():
        raise no_rights()
    connection.execute(text("SET LOCAL statement_timeout = 0"))
    connection.execute(text(f"SET LOCAL lock_timeout = {_MIGRATION_WAIT_MS}"))


def order_texts_by_letter(connection: Connection) -> None:
    """Have all texts compared letter by letter as SQLite does, whatever the server's language is.

    What is shown in Swedish order is sorted in Python.
    """
    statement = text(
        "SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod) FROM pg_attribute a "
        "JOIN pg_class c ON c.oid = a.attrelid WHERE c.relkind = 'r' AND a.attnum > 0 "
        "AND c.relnamespace = current_schema()::regnamespace AND NOT a.attisdropped "
        "AND a.attcollation <> 0 AND a.attcollation <> 'pg_catalog.\"C\"'::regcollation"
    )
    columns: dict[str, list[str]] = {}
    for table, column, kind in connection.execute(statement):
        columns.setdefault(table, []).append(f'ALTER COLUMN "{column}" TYPE {kind} COLLATE "C"')
    for table, changes in columns.items():
        connection.execute(text(f'ALTER TABLE "{table}" {", ".join(changes)}'))
