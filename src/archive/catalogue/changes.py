"""The journal of changes that the index follows."""

from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive.catalogue.tables.journal import ChangeRow
from archive.model.jobs import Change


def record(session: Session, document_id: str, hides: bool = False) -> int:
    """Note that a document changed and return the change's number.

    `hides`: somebody may see less of it than before, so searches leave it out until the index has followed.
    """
    row = ChangeRow(document_id=document_id, hides=hides, at=datetime.now(UTC))
    session.add(row)
    session.flush()
    return row.seq


def after(session: Session, seq: int, limit: int) -> tuple[Change, ...]:
    """Return up to `limit` changes with a number above `seq`, oldest first."""
    rows = session.scalars(select(ChangeRow).where(ChangeRow.seq > seq).order_by(ChangeRow.seq).limit(limit))
    return tuple(Change(row.seq, row.document_id, row.at) for row in rows)


def last_seq(session: Session) -> int:
    """Return the number of the newest change, 0 where there is none."""
    return session.scalar(select(func.max(ChangeRow.seq))) or 0


def hidden_after(session: Session, seq: int) -> frozenset[str]:
    """Return the documents with a hiding change above `seq`: searches leave them out for now."""
    document_ids = session.scalars(
        select(ChangeRow.document_id).where(ChangeRow.hides.is_(True), ChangeRow.seq > seq).distinct()
    )
    return frozenset(document_ids)
