"""Writing a database anew, so that no page of its files has what was deleted from it."""

from sqlalchemy import Engine


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
