"""What is remembered for minutes while people sign in: between two steps, and how often one has tried."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from archive.catalogue.tables.accounts import RateCountRow, SignInStateRow


def keep(session: Session, token_sha256: str, kind: str, data: Mapping[str, Any], lasts: timedelta) -> None:
    """Keep what the second step needs; what is too old is removed meanwhile.

    Args:
        session: a session that writes.
        token_sha256: the digest of what the second step will bring.
        kind: which step it is for.
        data: what to remember; JSON.
        lasts: for how long.
    """
    now = datetime.now(UTC)
    session.execute(delete(SignInStateRow).where(SignInStateRow.ends_at <= now))
    session.add(SignInStateRow(token_sha256=token_sha256, kind=kind, data=dict(data), ends_at=now + lasts))
    session.flush()


def take(session: Session, token_sha256: str, kind: str) -> dict[str, Any] | None:
    """Return what was kept, and forget it; None where there is nothing (any more), or of another kind."""
    row = session.get(SignInStateRow, token_sha256)
    if row is None or row.kind != kind:
        return None
    session.delete(row)
    session.flush()
    return None if row.ends_at <= datetime.now(UTC) else row.data


def add_count(session: Session, key: str, count: int, lasts: timedelta) -> int:
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


def clear_count(session: Session, key: str) -> None:
    """Forget how often something happened."""
    row = session.get(RateCountRow, key)
    if row is not None:
        session.delete(row)
