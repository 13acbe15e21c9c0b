"""The table of files in watched folders."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index
from sqlalchemy.orm import Mapped, mapped_column

from archive.catalogue.tables.base import Base


class WatchedFileRow(Base):
    """A file of a watched folder that was taken in or refused; `path` may be a seminar's folder."""

    __tablename__ = "watched_file"
    __table_args__ = (Index(None, "folder", "state"),)

    path: Mapped[str] = mapped_column(primary_key=True)
    folder: Mapped[str]
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    mtime_ns: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str]
    message: Mapped[str]
    document_ids: Mapped[list[Any]]
    version_ids: Mapped[list[Any]]
    at: Mapped[datetime]
