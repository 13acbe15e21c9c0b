"""Tables of what people who are not staff send in: what they say of it, its files, what was declined."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from archive.catalogue.tables.base import Base


class SubmissionRow(Base):
    """What somebody says of files that they send in; `rights` is the sentence that they have agreed to."""

    __tablename__ = "submission"
    __table_args__ = (Index(None, "login", "made_at"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    login: Mapped[str]
    sender: Mapped[str]
    title: Mapped[str]
    event: Mapped[str]
    event_id: Mapped[str | None]  # remembered, not referred to: the event may go
    talk: Mapped[str]
    note: Mapped[str]
    rights: Mapped[str]
    made_at: Mapped[datetime]


class SubmittedUploadRow(Base):
    """An upload is one of a submission's files."""

    __tablename__ = "submitted_upload"
    __table_args__ = (Index(None, "submission_id"),)

    upload_id: Mapped[str] = mapped_column(ForeignKey("upload.id"), primary_key=True)
    submission_id: Mapped[str] = mapped_column(ForeignKey("submission.id"))


class DeclinedDocumentRow(Base):
    """Staff have declined a draft; it counts for as long as the document is withdrawn."""

    __tablename__ = "declined_document"

    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"), primary_key=True)
    login: Mapped[str]
    reason: Mapped[str]
    at: Mapped[datetime]
