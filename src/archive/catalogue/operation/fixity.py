"""What was seen of what the archive keeps: damaged bytes, their mending, rows that contradict each other."""

from collections.abc import Iterator
from typing import Final

from sqlalchemy import CompoundSelect, exists, func, select, union
from sqlalchemy.orm import Session

from archive.catalogue.erasing import erasures
from archive.catalogue.tables.documents import DocumentRow, PageRow, PictureRow, VersionRow
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


def contradictions(session: Session) -> Iterator[str]:
    """Yield a sentence for each version with other pages than it counts, and each document without any.

    Also for each erasure that was interrupted.
    """
    pages = (
        select(PageRow.version_id, func.count().label("count"), func.max(PageRow.number).label("last"))
        .group_by(PageRow.version_id)
        .subquery()
    )
    found = func.coalesce(pages.c.count, 0)
    wrong = (
        select(VersionRow.id, VersionRow.document_id, VersionRow.page_count, found)
        .outerjoin(pages, pages.c.version_id == VersionRow.id)
        .where((VersionRow.page_count != found) | (func.coalesce(pages.c.last, 0) != found))
        .order_by(VersionRow.id)
    )
    for version_id, document_id, told, count in session.execute(wrong):
        yield (
            f"Catalogue: version {version_id} of document {document_id} has {count} of {told} pages. "
            "Run `archive retry` for the document, or restore a backup."
        )
    has_version = exists().where(VersionRow.document_id == DocumentRow.id)
    for document_id in session.scalars(select(DocumentRow.id).where(~has_version).order_by(DocumentRow.id)):
        yield f"Catalogue: document {document_id} has no version. Restore a backup."
    yield from erasures.interrupted(session)
