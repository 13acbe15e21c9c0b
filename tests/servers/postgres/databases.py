"""Databases of the shared PostgreSQL server, with the tables of a new catalogue.

A copy of a database takes half a second on a busy machine. So a process of tests keeps one, from which it
takes what the last test left there.
"""

import itertools
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import lru_cache

from sqlalchemy import Engine, NullPool, create_engine, text
from sqlalchemy.exc import DBAPIError

from archive.catalogue.database.database import Database
from tests.servers.postgres.server import Server

_TEMPLATE = "archive_template"
_SEEDED = ("region", "meta", "alembic_version")
_RESET = """
DO $$ DECLARE name text; is_filled boolean; BEGIN
  SET LOCAL lock_timeout = '5s';
  SET LOCAL session_replication_role = replica;
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM public.%I)', name) INTO is_filled;
    IF is_filled THEN EXECUTE format('DELETE FROM public.%I', name); END IF;
  END LOOP;
  FOR name IN SELECT sequencename FROM pg_sequences
      WHERE schemaname = 'public' AND last_value IS NOT NULL LOOP
    PERFORM setval(format('public.%I', name)::regclass, 1, false);
  END LOOP;
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'seed' LOOP
    EXECUTE format('INSERT INTO public.%1$I SELECT * FROM seed.%1$I', name);
  END LOOP;
END $$
"""
_numbers = itertools.count()


@lru_cache
def _admin(url: str) -> Engine:
    return create_engine(url, isolation_level="AUTOCOMMIT", pool_size=1)


def run(server: Server, statement: str, database: str = "postgres") -> None:
    """Run a statement as who may do everything, in no transaction."""
    with _admin(server.url(database)).connect() as connection:
        connection.execute(text(statement))


def make_template(server: Server) -> None:
    """Make the database with today's tables that others are copied from; another process may have done it."""
    with create_engine(server.url("postgres"), poolclass=NullPool).connect() as connection:
        connection.execute(text("SELECT pg_advisory_lock(1)"))
        connection.commit()
        known = "SELECT 1 FROM pg_database WHERE datname = :name"
        if not connection.execute(text(known), {"name": _TEMPLATE}).scalar():
            _make_template(server, f"{_TEMPLATE}_new")


def _make_template(server: Server, name: str) -> None:
    run(server, f"CREATE DATABASE {name}")
    with closing(Database.open(server.url(name))):
        pass
    engine = create_engine(server.url(name), poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text("CREATE SCHEMA seed"))
        for table in _SEEDED:
            connection.execute(text(f"CREATE TABLE seed.{table} AS SELECT * FROM public.{table}"))
    run(server, f"ALTER DATABASE {name} RENAME TO {_TEMPLATE}")


@contextmanager
def new_database(server: Server, *, is_empty: bool = False) -> Iterator[str]:
    """Make a database and yield its address: with the tables of a new catalogue, or `is_empty`."""
    name = f"test_{os.getpid()}_{next(_numbers)}"
    run(server, f"CREATE DATABASE {name}" + ("" if is_empty else f" TEMPLATE {_TEMPLATE}"))
    try:
        yield server.url(name)
    finally:
        run(server, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


class OwnDatabase:
    """The database that one process of tests uses again and again."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._name = ""

    def as_new(self) -> str:
        """Return its address, with nothing in it but what a new catalogue has."""
        if self._name:
            try:
                run(self._server, _RESET, self._name)
            except DBAPIError:  # a test that failed still holds some of it
                self._drop()
        if not self._name:
            self._name = f"own_{os.getpid()}_{next(_numbers)}"
            run(self._server, f"CREATE DATABASE {self._name} TEMPLATE {_TEMPLATE}")
        return self._server.url(self._name)

    def _drop(self) -> None:
        _admin(self._server.url(self._name)).dispose()
        run(self._server, f"DROP DATABASE {self._name} WITH (FORCE)")
        self._name = ""
