"""How much there is, and which objects of the store are in use: for `archive status` and `archive verify`."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, func, select, union
from sqlalchemy.orm import Session

from archive.catalogue.tables.base import Base
from archive.catalogue.tables.documents import DocumentRow, OriginalRow, PageRow, PictureRow, VersionRow
from archive.catalogue.tables.events import EventRow, TalkRow
from archive.catalogue.versions import shown_numbers
from archive.model.pages import OcrReason

WAITING = "waiting"
"""The key in `Counts.by_category` of documents that have not been read yet."""

_DIGESTS_A_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Counts:
    """Live documents, pages and pictures of their shown versions; all originals, events and talks.

    `by_category` counts live documents by the outcome of their shown version ("waiting": not read yet);
    `unread_pictures` their pages whose pictures OCR should read and has not read.
    """

    documents: int
    pages: int
    originals: int
    pictures: int
    events: int
    talks: int
    by_category: dict[str, int]
    unread_pictures: int = 0


def counts(session: Session) -> Counts:
    """Return how much there is."""
    rows = session.execute(
        _shown(VersionRow.category, func.count(), func.sum(VersionRow.page_count)).group_by(
            VersionRow.category
        )
    ).all()
    by_category = {category or WAITING: documents for category, documents, _ in rows}
    return Counts(
        documents=sum(by_category.values()),
        pages=sum(pages for _, _, pages in rows),
        originals=_count(session, OriginalRow),
        pictures=session.scalar(_pictures()) or 0,
        events=_count(session, EventRow),
        talks=_count(session, TalkRow),
        by_category=by_category,
        unread_pictures=session.scalar(_unread_pictures()) or 0,
    )


def indexable(session: Session) -> dict[str, int]:
    """Return how many pages the index must hold of each live document that has any, however it was read."""
    statement = _shown(DocumentRow.id, VersionRow.page_count).where(VersionRow.page_count > 0)
    return {row.id: row.page_count for row in session.execute(statement)}


def original_digests(session: Session) -> Iterator[str]:
    """Yield the SHA-256 of every original, also those of withdrawn documents, in order."""
    yield from session.scalars(
        select(OriginalRow.sha256).order_by(OriginalRow.sha256).execution_options(yield_per=_DIGESTS_A_BATCH)
    )


def picture_digests(session: Session) -> Iterator[str]:
    """Yield the SHA-256 of every picture in either width and of the PDFs they were drawn from, each once."""
    drawn = select(VersionRow.drawn_sha256).where(VersionRow.drawn_sha256 != "")
    used = union(select(PictureRow.large_sha256), select(PictureRow.small_sha256), drawn)
    yield from session.scalars(used.execution_options(yield_per=_DIGESTS_A_BATCH))


def _shown(*columns: Any) -> Select[*tuple[Any, ...]]:
    """Select columns of live documents and their shown versions."""
    shown = shown_numbers()
    return (
        select(*columns)
        .select_from(DocumentRow)
        .join(shown, shown.c.document_id == DocumentRow.id)
        .join(VersionRow, and_(VersionRow.document_id == DocumentRow.id, VersionRow.number == shown.c.number))
        .where(DocumentRow.withdrawn_at.is_(None))
    )


def _pictures() -> Select[tuple[int]]:
    return _shown(func.count()).join(PictureRow, PictureRow.version_id == VersionRow.id)


def _unread_pictures() -> Select[tuple[int]]:
    is_page = and_(PageRow.version_id == VersionRow.id, PageRow.ocr_reason != OcrReason.NONE.value)
    return _shown(func.count()).join(PageRow, is_page)


def _count(session: Session, table: type[Base]) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0
