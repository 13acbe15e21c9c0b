"""Who did what, when, with which outcome."""

from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive.catalogue.tables.journal import AuditEventRow
from archive.model.jobs import AuditEvent

KEPT_APART = "document.kept_apart"
"""Staff said of a document that it is another than the one named in the detail, though they are alike."""


def record(session: Session, actor: str, action: str, subject: str, outcome: str, detail: str = "") -> None:
    """Note an action ("document.accept") on a subject (its identifier) by an actor."""
    row = AuditEventRow(
        at=datetime.now(UTC), actor=actor, action=action, subject=subject, outcome=outcome, detail=detail
    )
    session.add(row)


def last_id(session: Session) -> int:
    """Return the number of the newest audit event, 0 where there is none."""
    return session.scalar(select(func.max(AuditEventRow.id))) or 0


def latest(session: Session, limit: int) -> tuple[AuditEvent, ...]:
    """Return up to `limit` audit events, newest first."""
    rows = session.scalars(select(AuditEventRow).order_by(AuditEventRow.id.desc()).limit(limit))
    return tuple(
        AuditEvent(row.id, row.at, row.actor, row.action, row.subject, row.outcome, row.detail)
        for row in rows
    )
