"""Tables of speakers' links and of what came by them.

Talks and people are remembered here, not referred to: they may go, and then the link leads nowhere.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from archive.catalogue.tables.base import Base


class TalkLinkRow(Base):
    """A link for one contribution to a talk; of its token only the digest is kept."""

    __tablename__ = "talk_link"
    __table_args__ = (UniqueConstraint("token_sha256"), Index(None, "talk_id"))

    id: Mapped[str] = mapped_column(primary_key=True)
    token_sha256: Mapped[str]
    talk_id: Mapped[str]
    position: Mapped[int]
    person_id: Mapped[str | None]
    organisation_id: Mapped[str | None]
    speaker: Mapped[str]
    made_by: Mapped[str]
    made_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class TalkProposalRow(Base):
    """What was proposed by a link; `state` is a `ProposalState`."""

    __tablename__ = "talk_proposal"
    __table_args__ = (Index(None, "state", "made_at"), Index(None, "link_id"), Index(None, "submission_id"))

    id: Mapped[str] = mapped_column(primary_key=True)
    link_id: Mapped[str] = mapped_column(ForeignKey("talk_link.id"))
    base: Mapped[dict[str, Any]]
    given: Mapped[dict[str, Any]]
    note: Mapped[str]
    submission_id: Mapped[str | None] = mapped_column(ForeignKey("submission.id"))
    edit: Mapped[int]
    state: Mapped[str]
    made_at: Mapped[datetime]
    decided_by: Mapped[str]
    decided_at: Mapped[datetime | None]
    reason: Mapped[str]
