"""Tables of what was given: documents, their versions, originals, pages and pictures."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from archive.catalogue.tables.base import Base


class OriginalRow(Base):
    """Bytes in the store."""

    __tablename__ = "original"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str]
    created_at: Mapped[datetime]


class DocumentRow(Base):
    """A deck or a report.

    `source` tells where it comes from. `visibility_given` is what the last ingest asked for; `visibility`
    differs from it once staff have chosen otherwise. A `draft` is not published yet: it is for staff alone,
    as its `visibility` says, and `visibility_given` is what it is to be. `withdrawn_reason` is a
    `WithdrawalReason`, or "".
    `file_date` is the date that the file itself gives (ISO 8601, as exact as it is known), "" where none;
    staff may have given another (`date_is_given`), as the language (`language_is_given`);
    `naming` is the version of the rules that gave it and the title, 0 for the rules of before.
    `original_access` is an `OriginalsPolicy`, "" where the setting holds.
    """

    __tablename__ = "document"
    __table_args__ = (Index(None, "source"), Index(None, "presentation_id"), Index(None, "event_id"))

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    title: Mapped[str]
    title_is_given: Mapped[bool]
    source: Mapped[str]
    visibility: Mapped[str]
    visibility_given: Mapped[str]
    draft: Mapped[bool]
    language: Mapped[str]
    publisher: Mapped[str]
    year: Mapped[int | None]
    file_date: Mapped[str]
    date_is_given: Mapped[bool]
    language_is_given: Mapped[bool]
    naming: Mapped[int]
    talk_id: Mapped[str | None] = mapped_column("presentation_id", ForeignKey("presentation.id"))
    event_id: Mapped[str | None] = mapped_column(ForeignKey("event.id"))
    created_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_reason: Mapped[str]
    original_access: Mapped[str] = mapped_column(default="")


class VersionRow(Base):
    """One state of a document. `category` is NULL until its original has been read.

    `properties` are the file's own ("title", "author" …), empty for what was read before they were kept.
    `drawn_sha256` is the PDF, in the pictures' store, that the pictures were drawn from; "" for the original.
    """

    __tablename__ = "version"
    __table_args__ = (
        UniqueConstraint("document_id", "number"),
        Index(None, "sha256"),
        Index(None, "category", "created_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"))
    number: Mapped[int]
    filename: Mapped[str]
    sha256: Mapped[str] = mapped_column(ForeignKey("original.sha256"))
    created_at: Mapped[datetime]
    category: Mapped[str | None]
    message: Mapped[str]
    engine: Mapped[str]
    page_count: Mapped[int]
    properties: Mapped[dict[str, Any]]
    pictures_done: Mapped[bool]
    picture_message: Mapped[str]
    drawn_sha256: Mapped[str]


class PageRow(Base):
    """A slide or a page of one version; `blocks` as `block_codec.pack_blocks` makes them."""

    __tablename__ = "page"

    version_id: Mapped[str] = mapped_column(ForeignKey("version.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    hidden: Mapped[bool]
    language: Mapped[str]
    engine: Mapped[str]
    width_pt: Mapped[float]
    height_pt: Mapped[float]
    broken: Mapped[str]
    ocr_reason: Mapped[str]
    blocks: Mapped[list[Any]]


class PageChoiceRow(Base):
    """What staff chose for a slide: hidden, or shown although its author hid it.

    It holds for the slide with these words (`words_sha256`) in later versions, too, and where it is hidden
    for the slide of this number.
    """

    __tablename__ = "page_choice"

    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    words_sha256: Mapped[str]
    hides: Mapped[bool]


class SketchRow(Base):
    """What a version's slides are compared by: minima, and the scheme they are of (`review/minhash.py`)."""

    __tablename__ = "sketch"

    version_id: Mapped[str] = mapped_column(ForeignKey("version.id"), primary_key=True)
    scheme: Mapped[int]
    shingle_count: Mapped[int]
    minima: Mapped[bytes] = mapped_column(LargeBinary)


class OpeningLineRow(Base):
    """A line that a document begins with, by which words that decks have in common are known.

    As `model/naming/page_lines.py` makes them; `cover_key` tells the document's cover from others.
    """

    __tablename__ = "opening_line"

    document_id: Mapped[str] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"), primary_key=True)
    line: Mapped[str] = mapped_column(primary_key=True, index=True)
    cover_key: Mapped[str]


class PictureRow(Base):
    """The picture of a page; `words` as `block_codec.pack_words` makes them.

    `grey` is the picture in a few pixels (GREY_WIDTH_PX in `model/pages.py`), NULL where it is not known yet.
    """

    __tablename__ = "picture"

    version_id: Mapped[str] = mapped_column(ForeignKey("version.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    width_pt: Mapped[float]
    height_pt: Mapped[float]
    width_px: Mapped[int]
    height_px: Mapped[int]
    large_sha256: Mapped[str]
    small_sha256: Mapped[str]
    words: Mapped[list[Any]]
    grey: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
