"""What rows of the catalogue say of each other that no constraint of the database sees."""

from collections.abc import Iterator

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from archive.catalogue.erasing import erasures
from archive.catalogue.tables.documents import DocumentRow, PageRow, VersionRow


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
