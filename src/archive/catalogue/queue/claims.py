"""Who works on what in the review queue: two of the staff never have the same document.

A session that writes is the only one that does (`Database.write`), so what is free stays so until it is
taken; another database would refuse the second row of a document.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from archive.catalogue import taken_out
from archive.catalogue.tables.documents import DocumentRow
from archive.catalogue.tables.queue import QueueClaimRow
from archive.errors import ChangedMeanwhile

HELD = timedelta(hours=2)
"""What nobody has touched for so long is free again."""


def is_held(now: datetime) -> ColumnElement[bool]:
    """Return the condition that a claim still counts; false where there is none."""
    return QueueClaimRow.login.is_not(None) & (QueueClaimRow.touched_at > now - HELD)


def take(session: Session, document_id: str, login: str, now: datetime) -> None:
    """Take a document, or keep it for another two hours.

    Raises:
        ChangedMeanwhile: Somebody else has it.
        NotFound: There is no such document.
        Gone: It was withdrawn.
    """
    taken_out.live_row(session, document_id)
    claim = session.get(QueueClaimRow, document_id)
    if claim is None:
        session.add(QueueClaimRow(document_id=document_id, login=login, touched_at=now))
    elif claim.login != login and claim.touched_at > now - HELD:
        raise ChangedMeanwhile("Somebody else has taken this document. Take another one.")
    else:
        claim.login, claim.touched_at = login, now
    session.flush()


def give_back(session: Session, document_id: str, login: str) -> bool:
    """Give a document back; return whether it was taken by this login."""
    own = (QueueClaimRow.document_id == document_id) & (QueueClaimRow.login == login)
    was_taken = session.scalar(select(QueueClaimRow.document_id).where(own)) is not None
    session.execute(delete(QueueClaimRow).where(own))
    return was_taken


def taken_by(session: Session, login: str, now: datetime) -> Sequence[str]:
    """Return the documents that somebody has taken, the oldest claim first."""
    statement = (
        select(QueueClaimRow.document_id)
        .join(DocumentRow, DocumentRow.id == QueueClaimRow.document_id)
        .where(QueueClaimRow.login == login, is_held(now), DocumentRow.withdrawn_at.is_(None))
        .order_by(QueueClaimRow.touched_at, QueueClaimRow.document_id)
    )
    return session.scalars(statement).all()
