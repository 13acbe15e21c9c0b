"""The time that all processes of an archive agree on: the server's, where they may be on several machines."""

from datetime import UTC, datetime

from sqlalchemy import text
from sqlalchemy.orm import Session


def now(session: Session) -> datetime:
    """Return the present moment, in UTC."""
    if session.connection().dialect.name == "sqlite":
        return datetime.now(UTC)
    found: datetime = session.execute(text("SELECT clock_timestamp()")).scalar_one()
    return found.astimezone(UTC)
