"""Tables of what happens: changes, jobs, audit, and facts about the catalogue itself.

Numbers are never used twice (AUTOINCREMENT): the index remembers a change, a worker its job.
"""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from archive.catalogue.tables.base import Base


class ChangeRow(Base):
    """One line of the journal that the index follows. `hides`: somebody may see less than before."""

    __tablename__ = "change"
    __table_args__ = (Index(None, "hides", "seq"), {"sqlite_autoincrement": True})

    seq: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"))
    hides: Mapped[bool]
    at: Mapped[datetime]


class JobRow(Base):
    """A unit of work. Free where `leased_until` is NULL or past; `started_at` is when its lease began."""

    __tablename__ = "job"
    __table_args__ = (
        UniqueConstraint("version_id", "kind"),
        Index(None, "kind", "leased_until"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    version_id: Mapped[str] = mapped_column(ForeignKey("version.id"))
    attempts: Mapped[int]
    leased_until: Mapped[datetime | None]
    lease_owner: Mapped[str]
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]


class AuditEventRow(Base):
    """What was done, by whom, to what."""

    __tablename__ = "audit_event"
    __table_args__ = (
        Index(None, "subject"),
        Index(
            "ix_audit_event_refused",
            "subject",
            "id",
            # So in PostgreSQL, too (see the migration). Named here, it would load its drivers at each start.
            sqlite_where=text("action = 'file.refuse'"),
        ),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str]
    action: Mapped[str]
    subject: Mapped[str]
    outcome: Mapped[str]
    detail: Mapped[str]


class QuestionCountRow(Base):
    """How often a question was asked on a day, and whether it found something for everybody."""

    __tablename__ = "question_count"

    day: Mapped[date] = mapped_column(primary_key=True)
    question: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]
    has_hits: Mapped[bool]


class MetaRow(Base):
    """A fact about the catalogue itself: "epoch"."""

    __tablename__ = "meta"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
