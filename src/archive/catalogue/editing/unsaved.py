"""Changes that are made, looked at and taken back: what a preview is rendered from."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session


@contextmanager
def unsaved(session: Session) -> Iterator[None]:
    """Roll back whatever is written in a session that writes while the context lasts."""
    with session.begin_nested() as savepoint:
        try:
            yield
        finally:
            savepoint.rollback()
    session.expire_all()
