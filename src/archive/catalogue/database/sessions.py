"""The session in which the catalogue is read and written, named here for the packages above the catalogue.

They pass a session on without looking into it; none but `archive.catalogue` imports SQLAlchemy.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

__all__ = ["Session", "unsaved"]


@contextmanager
def unsaved(session: Session) -> Iterator[None]:
    """Roll back whatever is written in a session that writes while the context lasts."""
    with session.begin_nested() as savepoint:
        try:
            yield
        finally:
            savepoint.rollback()
    session.expire_all()
