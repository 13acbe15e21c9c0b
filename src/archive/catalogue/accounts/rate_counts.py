"""How often something happened lately, for bounds that hold over all processes of an archive."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from archive.catalogue.tables.accounts import RateCountRow


def add(session: Session, key: str, count: int, lasts: timedelta) -> int:
    """Count something `count` times more; return how often it happened since the first time that counts.

    A count begins anew once it has lasted long enough; counts that are over are removed meanwhile.
    """
    now = datetime.now(UTC)
    session.execute(delete(RateCountRow).where(RateCountRow.ends_at <= now))
    row = session.get(RateCountRow, key)
    if row is None:
        row = RateCountRow(key=key, count=0, starts_at=now, ends_at=now + lasts)
        session.add(row)
    row.count += count
    session.flush()
    return row.count


def count(session: Session, key: str) -> tuple[int, datetime | None]:
    """Return how often something happened, and when that is forgotten (None: it did not happen)."""
    row = session.get(RateCountRow, key)
    if row is None or row.ends_at <= datetime.now(UTC):
        return 0, None
    return row.count, row.ends_at


def clear(session: Session, key: str) -> None:
    """Forget how often something happened."""
    row = session.get(RateCountRow, key)
    if row is not None:
        session.delete(row)
