"""Lets all catalogues of a process of tests share the statements that SQLAlchemy has compiled.

The archive opens one catalogue and compiles each statement once. Tests open thousands, and each compiled its
own again, which took a third of their time. Here catalogues of one kind count as one: statements are kept by
dialect, and two dialects made with the same arguments, for servers of the same version, write the same SQL.
"""

from typing import Any

from sqlalchemy import Engine
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.util import LRUCache

_STATEMENTS: LRUCache[Any, Any] = LRUCache(4_000)


class _Alike(DefaultDialect):
    """A dialect that equals others that write the same SQL, and gives its engines the shared statements."""

    supports_statement_cache = True

    def __init__(self, **arguments: Any) -> None:
        super().__init__(**arguments)
        self._arguments = frozenset(arguments.items())

    def __eq__(self, other: object) -> bool:
        return self is other or (
            isinstance(other, _Alike)
            and type(self) is type(other)
            and self._arguments == other._arguments
            and self.server_version_info == other.server_version_info
        )

    def __hash__(self) -> int:
        return hash((type(self), self._arguments))

    @classmethod
    def engine_created(cls, engine: Engine) -> None:
        super().engine_created(engine)
        engine.update_execution_options(compiled_cache=_STATEMENTS)


class SharedSQLite(_Alike, SQLiteDialect_pysqlite):
    """SQLite, with statements compiled once a process."""

    supports_statement_cache = True


class SharedPostgreSQL(_Alike, PGDialect_psycopg):
    """PostgreSQL, with statements compiled once a process."""

    supports_statement_cache = True


def share_statements() -> None:
    """Let every engine that is made from now on in this process share them."""
    registry.register("sqlite", __name__, "SharedSQLite")
    registry.register("postgresql.psycopg", __name__, "SharedPostgreSQL")
