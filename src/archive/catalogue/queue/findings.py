"""What was found when a version was looked through: kept here, found by `archive.review.looking_through`."""

from collections.abc import Iterable, Sequence

from sqlalchemy import and_, delete, or_, select
from sqlalchemy.orm import Session

from archive.catalogue.tables.documents import DocumentRow, VersionRow
from archive.catalogue.tables.queue import LikelyDuplicateRow, PageFindingRow, VersionLookRow
from archive.catalogue.versions import shown_numbers
from archive.model.review_queue import PageFinding


def unseen(session: Session, scheme: int, limit: int) -> Sequence[tuple[str, str]]:
    """Return up to `limit` live documents whose shown version was read and not looked through, oldest first.

    Each is (document, version).
    """
    shown = shown_numbers()
    statement = (
        select(DocumentRow.id, VersionRow.id)
        .join(VersionRow, VersionRow.document_id == DocumentRow.id)
        .join(shown, and_(shown.c.document_id == DocumentRow.id, shown.c.number == VersionRow.number))
        .outerjoin(VersionLookRow, VersionLookRow.version_id == VersionRow.id)
        .where(
            DocumentRow.withdrawn_at.is_(None),
            VersionRow.category.is_not(None),
            or_(VersionLookRow.version_id.is_(None), VersionLookRow.scheme != scheme),
        )
        .order_by(DocumentRow.draft.desc(), DocumentRow.created_at, DocumentRow.id)
        .limit(limit)
    )
    return [(document_id, version_id) for document_id, version_id in session.execute(statement)]


def save(
    session: Session,
    document_id: str,
    version_id: str,
    scheme: int,
    found: Iterable[PageFinding],
    alike: Iterable[str],
) -> None:
    """Keep what was found in a version, in place of an earlier look.

    Of the documents that are alike only those are kept that were there before this one: of two the newer
    one waits.
    """
    forget(session, version_id)
    session.add(VersionLookRow(version_id=version_id, scheme=scheme))
    for one in found:
        session.add(
            PageFindingRow(
                version_id=version_id,
                number=one.number,
                personal_numbers=one.personal_numbers,
                contact_details=one.contact_details,
            )
        )
    own = session.get_one(DocumentRow, document_id)
    others = session.scalars(select(DocumentRow).where(DocumentRow.id.in_(list(alike))))
    for other in others:
        if (other.created_at, other.id) < (own.created_at, own.id):
            session.add(LikelyDuplicateRow(version_id=version_id, document_id=other.id))
    session.flush()


def forget(session: Session, version_id: str) -> None:
    """Drop what was found in a version whose words have changed: it is looked through again."""
    for table in (VersionLookRow, PageFindingRow, LikelyDuplicateRow):
        session.execute(delete(table).where(table.version_id == version_id))
