"""Tables of uploads: files on their way into the archive, and the documents that were made of them."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from archive.catalogue.tables.base import Base


class UploadRow(Base):
    """A file that somebody sends; its bytes are in `data/uploads/<id>` until they have been taken in.

    `filename` and `folder` are what the sender called it. `state` is an `UploadState`.
    """

    __tablename__ = "upload"
    __table_args__ = (Index(None, "state"), Index(None, "made_at"))

    id: Mapped[str] = mapped_column(primary_key=True)
    login: Mapped[str]
    batch: Mapped[str]
    filename: Mapped[str]
    folder: Mapped[str]
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str]
    is_separate: Mapped[bool]
    event_id: Mapped[str | None] = mapped_column(ForeignKey("event.id"))
    talk_id: Mapped[str | None] = mapped_column("presentation_id", ForeignKey("presentation.id"))
    document_id: Mapped[str | None] = mapped_column(ForeignKey("document.id"))
    state: Mapped[str]
    code: Mapped[str]
    message: Mapped[str]
    made_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class UploadedFileRow(Base):
    """What became of one file of an upload: of the file itself (`file` "") or of one in a zip."""

    __tablename__ = "uploaded_file"
    __table_args__ = (
        Index(None, "document_id"),
        Index(
            "ix_uploaded_file_refused",
            "upload_id",
            # So in PostgreSQL, too (see the migration). Named here, it would load its drivers at each start.
            sqlite_where=text("outcome = 'refused'"),
        ),
    )

    upload_id: Mapped[str] = mapped_column(ForeignKey("upload.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    file: Mapped[str]
    outcome: Mapped[str]
    document_id: Mapped[str | None] = mapped_column(ForeignKey("document.id"))
    version_id: Mapped[str | None] = mapped_column(ForeignKey("version.id"))
    code: Mapped[str]
    message: Mapped[str]
    word_count: Mapped[int | None]
    searchable_at: Mapped[datetime | None]
