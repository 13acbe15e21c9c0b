"""What a sign-in of two steps remembers between them: kept for minutes, taken once."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from archive.catalogue.tables.accounts import SignInStateRow


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
