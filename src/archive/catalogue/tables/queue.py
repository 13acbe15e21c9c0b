"""Tables of the review queue: who works on what, and what was found when a version was looked through."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from archive.catalogue.tables.base import Base


class QueueClaimRow(Base):
    """Somebody works on a document of the queue; too long after `touched_at` it counts no more."""

    __tablename__ = "queue_claim"
    __table_args__ = (Index(None, "login"),)

    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"), primary_key=True)
    login: Mapped[str]
    touched_at: Mapped[datetime]


class VersionLookRow(Base):
    """A version was looked through by the rules of `scheme`; what was found is in the other two tables."""

    __tablename__ = "version_look"

    version_id: Mapped[str] = mapped_column(ForeignKey("version.id"), primary_key=True)
    scheme: Mapped[int]


class PageFindingRow(Base):
    """Personal data on a page, counted as if nothing were hidden; page 0 is the file itself."""

    __tablename__ = "page_finding"

    version_id: Mapped[str] = mapped_column(ForeignKey("version.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    personal_numbers: Mapped[int]
    contact_details: Mapped[int]


class LikelyDuplicateRow(Base):
    """A version has most of the slides of an older document, or that one of its."""

    __tablename__ = "likely_duplicate"
    __table_args__ = (Index(None, "document_id"),)

    version_id: Mapped[str] = mapped_column(ForeignKey("version.id"), primary_key=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"), primary_key=True)
