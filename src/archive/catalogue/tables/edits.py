"""Tables of the journal: what was changed in the records, by whom and why, with each row before and after."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from archive.catalogue.tables.base import Base


class EditRow(Base):
    """One deed of one person. Each holds the hash of the one before it (`previous_sha256`, unique)."""

    __tablename__ = "edit"
    __table_args__ = (Index(None, "group_id"), Index(None, "at"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str]
    reason: Mapped[str]
    summary: Mapped[str]
    group_id: Mapped[str]
    request_id: Mapped[str]
    undoes: Mapped[list[Any]]
    undone_by: Mapped[int | None]
    previous_sha256: Mapped[str] = mapped_column(unique=True)
    sha256: Mapped[str]


class RowChangeRow(Base):
    """A row before and after an edit. The edit's hash counts `content_sha256`, which is that of both."""

    __tablename__ = "row_change"
    __table_args__ = (Index(None, "table_name", "row_key"),)

    edit_id: Mapped[int] = mapped_column(ForeignKey("edit.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    table_name: Mapped[str]
    row_key: Mapped[str]
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    content_sha256: Mapped[str]
