"""Reads rows at (version, number) from the tables of pages and of pictures, hundreds at once."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, bindparam, or_, select
from sqlalchemy.orm import Session

_REFS_A_QUERY = 500


def rows_at(
    session: Session,
    table: FromClause,
    refs: Sequence[tuple[str, int]],
    columns: tuple[ColumnElement[Any], ...] = (),
) -> Iterator[Any]:
    """Yield the rows at (version, number), missing ones left out: `columns` of them, or all.

    With one query for every 500.
    """
    session.flush()  # plain queries see only what has been written
    for start in range(0, len(refs), _REFS_A_QUERY):
        numbers: dict[str, list[int]] = {}
        for version_id, number in refs[start : start + _REFS_A_QUERY]:
            numbers.setdefault(version_id, []).append(number)
        keys: dict[str, Any] = {f"version_{at}": version for at, version in enumerate(numbers)}
        keys |= {f"numbers_{at}": wanted for at, wanted in enumerate(numbers.values())}
        yield from session.connection().execute(query_at(table, columns, len(numbers)), keys)


@lru_cache(maxsize=200)
def query_at(
    table: FromClause, columns: tuple[ColumnElement[Any], ...], version_count: int
) -> Select[*tuple[Any, ...]]:
    """Return the query, made once: `version_0` and `numbers_0` … are its parameters.

    One term a version: SQLite searches the key for each, where a list of pairs makes it read every page.
    """
    terms = (
        and_(
            table.c.version_id == bindparam(f"version_{at}"),
            table.c.number.in_(bindparam(f"numbers_{at}", expanding=True)),
        )
        for at in range(version_count)
    )
    return select(*(columns or table.c)).where(or_(*terms))
