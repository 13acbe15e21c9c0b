"""Tables of imports: what was read out of a page, what staff made of it, and the files that it links to.

Identifiers of records are plain text: what an import made can be taken back though the import refers to it.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from archive.catalogue.tables.base import Base


class SeminarImportRow(Base):
    """An import. `page`, `draft`, `published` are as `draft_codec` makes them, `state` an `ImportState`."""

    __tablename__ = "seminar_import"
    __table_args__ = (Index(None, "address"), Index(None, "updated_at"))

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    address: Mapped[str]
    filename: Mapped[str]
    sha256: Mapped[str] = mapped_column(ForeignKey("original.sha256"))
    content_type: Mapped[str]
    login: Mapped[str]
    made_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    state: Mapped[str]
    page: Mapped[dict[str, Any]]
    draft: Mapped[dict[str, Any]]
    published: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    kept: Mapped[list[Any]]


class ImportLinkRow(Base):
    """What an import links to, fetched by one worker at a time: a `LinkKind` in a `LinkState`."""

    __tablename__ = "import_link"
    __table_args__ = (
        UniqueConstraint("import_id", "address", "event_id", "presentation_id"),
        Index(None, "state", "retry_at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[str] = mapped_column(ForeignKey("seminar_import.id"))
    address: Mapped[str]
    title: Mapped[str]
    kind: Mapped[str]
    publisher: Mapped[str]
    event_id: Mapped[str]
    talk_id: Mapped[str] = mapped_column("presentation_id")
    state: Mapped[str]
    attempts: Mapped[int]
    code: Mapped[str]
    message: Mapped[str]
    document_id: Mapped[str]
    is_new: Mapped[bool]
    lease_owner: Mapped[str]
    leased_until: Mapped[datetime | None]
    retry_at: Mapped[datetime]
    queued_at: Mapped[datetime]


class ImportReadingRow(Base):
    """What is to be read to become an import, by one worker at a time; its state is a `ReadingState`.

    `body` are the bytes of a file that was given; None for an address, and once they are in the store.
    """

    __tablename__ = "import_reading"
    __table_args__ = (Index(None, "state", "queued_at"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    address: Mapped[str]
    filename: Mapped[str]
    content_type: Mapped[str]
    body: Mapped[bytes | None] = mapped_column(LargeBinary)
    login: Mapped[str]
    state: Mapped[str]
    attempts: Mapped[int]
    code: Mapped[str]
    message: Mapped[str]
    import_id: Mapped[str]
    lease_owner: Mapped[str]
    leased_until: Mapped[datetime | None]
    queued_at: Mapped[datetime]
    updated_at: Mapped[datetime]
