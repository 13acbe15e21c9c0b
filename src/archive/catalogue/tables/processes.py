"""The table of processes that work."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from archive.catalogue.tables.base import Base


class ProcessRow(Base):
    """A process, until it ends; `name` is the owner of its leases. Not part of an archive's records."""

    __tablename__ = "process"

    name: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    host: Mapped[str]
    pid: Mapped[int]
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
