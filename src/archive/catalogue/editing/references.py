"""What a record may not be deleted for: the rows of others that refer to it."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import func, inspect, select, update
from sqlalchemy.orm import Session

from archive.catalogue.journal.recorded_tables import refers_to, table_of
from archive.catalogue.tables.base import Base
from archive.errors import RecordInUse

_FORGOTTEN = ("upload",)
"""Tables that only remember where something was sent to: their rows stay, and refer to nothing then."""


def require_unused(session: Session, row: Base, own_parts: Collection[str]) -> None:
    """Raise RecordInUse where rows of others refer to a record; `own_parts` go with it.

    What only remembers the record forgets it.
    """
    table = table_of(type(row))
    counts: dict[str, int] = {}
    for other, column, referred in refers_to(table):
        if other.name in own_parts:
            continue
        condition = other.c[column] == _value(row, referred)
        if other.name in _FORGOTTEN:
            session.connection().execute(update(other).where(condition).values({column: None}))
            continue
        count = session.connection().execute(select(func.count()).where(condition)).scalar() or 0
        if count:
            counts[other.name] = counts.get(other.name, 0) + count
    if counts:
        raise RecordInUse(counts)


def _value(row: Base, column: str) -> Any:
    mapper = inspect(type(row))
    return getattr(row, mapper.get_property_by_column(mapper.local_table.c[column]).key)
