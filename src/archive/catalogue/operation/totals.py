"""How much there is, read from few rows: for the metrics, and for how full the disk is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, exists, func, not_, select
from sqlalchemy.orm import Session, aliased

from archive.catalogue.tables.accounts import LoginSessionRow
from archive.catalogue.tables.documents import DocumentRow, OriginalRow, PictureRow, VersionRow
from archive.catalogue.tables.journal import ChangeRow

WAITING = "waiting"
_SAMPLE = 100


@dataclass(frozen=True, slots=True)
class DocumentTotals:
    """Live documents and the pages of their newest versions, by outcome ("waiting": not read yet)."""

    documents: dict[str, int]
    pages: dict[str, int]


@dataclass(frozen=True, slots=True)
class StoredTotals:
    """How many bytes the originals have, how many pages have pictures, and some of these pictures' names.

    `drawn_count` versions have a PDF that was drawn from, of which `drawn` names some.
    """

    originals_bytes: int
    pictured_pages: int
    pictures: tuple[tuple[str, str], ...]
    drawn_count: int
    drawn: tuple[str, ...]


def document_totals(session: Session) -> DocumentTotals:
    """Return how many documents and pages there are of each outcome."""
    # Not by the index of outcomes, which would look up nearly all rows one by one.
    category = func.coalesce(VersionRow.category, WAITING)
    statement = _newest(category, func.count(), func.sum(VersionRow.page_count)).group_by(category)
    rows = session.execute(statement).all()
    return DocumentTotals(
        {category: count for category, count, _ in rows},
        {category: int(pages or 0) for category, _, pages in rows},
    )


def stored_totals(session: Session) -> StoredTotals:
    """Return what the catalogue knows of the room that originals and pictures take.

    The sizes of pictures are not in the catalogue. Identifiers are random, so the first in their order are a
    fair sample of all.
    """
    pictured = select(func.coalesce(func.sum(VersionRow.page_count), 0)).where(
        VersionRow.pictures_done.is_(True), VersionRow.picture_message == ""
    )
    pictures = session.execute(
        select(PictureRow.large_sha256, PictureRow.small_sha256)
        .order_by(PictureRow.version_id, PictureRow.number)
        .limit(_SAMPLE)
    )
    is_drawn = VersionRow.drawn_sha256 != ""
    drawn = session.scalars(
        select(VersionRow.drawn_sha256).where(is_drawn).order_by(VersionRow.id).limit(_SAMPLE)
    )
    return StoredTotals(
        int(session.scalar(select(func.coalesce(func.sum(OriginalRow.size_bytes), 0))) or 0),
        int(session.scalar(pictured) or 0),
        tuple((large, small) for large, small in pictures),
        session.scalar(select(func.count()).select_from(VersionRow).where(is_drawn)) or 0,
        tuple(drawn),
    )


def unfollowed_since(session: Session, seq: int) -> datetime | None:
    """Return when the first change after `seq` was made, None where there is none."""
    return session.scalar(select(ChangeRow.at).where(ChangeRow.seq > seq).order_by(ChangeRow.seq).limit(1))


def session_count(session: Session, now: datetime) -> int:
    """Return how many sessions of people who have signed in have not come to their end."""
    lasting = select(func.count()).select_from(LoginSessionRow).where(LoginSessionRow.ends_at > now)
    return session.scalar(lasting) or 0


def _newest(*columns: Any) -> Select[*tuple[Any, ...]]:
    later = aliased(VersionRow)
    is_replaced = exists().where(
        later.document_id == VersionRow.document_id, later.number > VersionRow.number
    )
    return (
        select(*columns)
        .select_from(VersionRow)
        .join(DocumentRow, DocumentRow.id == VersionRow.document_id)
        .where(DocumentRow.withdrawn_at.is_(None), not_(is_replaced))
    )
