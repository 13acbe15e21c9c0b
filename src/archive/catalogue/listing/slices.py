"""A slice of identifiers: those after one that is known, in their order."""

from collections.abc import Sequence

from sqlalchemy import Select
from sqlalchemy.orm import InstrumentedAttribute, Session


def identifiers_after(
    session: Session,
    statement: Select[str],
    identifier: InstrumentedAttribute[str],
    after: str,
    limit: int,
) -> tuple[Sequence[str], str]:
    """Return up to `limit` identifiers after one, and the last of them where more follow, else "".

    Args:
        session: the catalogue.
        statement: the query for the identifiers that the visitor may see.
        identifier: the column that it selects.
        after: the identifier that the slice before this one ended with, "" for the first.
        limit: how many, at least one.
    """
    found = session.scalars(statement.where(identifier > after).order_by(identifier).limit(limit + 1)).all()
    shown = found[:limit]
    return shown, shown[-1] if len(found) > limit else ""
