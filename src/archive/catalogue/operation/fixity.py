"""What was seen of the bytes that the archive keeps: damage, its mending, and each look at everything."""

from typing import Final

from sqlalchemy import CompoundSelect, select, union
from sqlalchemy.orm import Session

from archive.catalogue.tables.documents import PictureRow, VersionRow
from archive.catalogue.tables.journal import AuditEventRow
from archive.model.jobs import AuditEvent

ACTOR: Final = "verify"
ARCHIVE: Final = "archive"
"""The subject of events about everything that is kept; of the others it is an object's SHA-256."""
VERIFIED: Final = "archive.verify"
"""Everything was looked at; the detail is how many things were wrong."""
DAMAGED: Final = "object.damage"
MENDED: Final = "object.mend"


def last_look(session: Session) -> AuditEvent | None:
    """Return when everything was looked at last and how that ended; None for never."""
    row = session.scalar(
        select(AuditEventRow)
        .where(AuditEventRow.subject == ARCHIVE, AuditEventRow.action == VERIFIED)
        .order_by(AuditEventRow.id.desc())
        .limit(1)
    )
    if row is None:
        return None
    return AuditEvent(row.id, row.at, row.actor, row.action, row.subject, row.outcome, row.detail)


def objects_of(document_id: str) -> CompoundSelect[tuple[str]]:
    """Select the objects of every version of a document: originals, what was drawn from them, pictures."""
    versions = select(VersionRow.id).where(VersionRow.document_id == document_id)
    own = VersionRow.document_id == document_id
    pictured = PictureRow.version_id.in_(versions)
    return union(
        select(VersionRow.sha256).where(own),
        select(VersionRow.drawn_sha256).where(own, VersionRow.drawn_sha256 != ""),
        select(PictureRow.large_sha256).where(pictured),
        select(PictureRow.small_sha256).where(pictured),
    )
