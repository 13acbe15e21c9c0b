"""Speakers may get a link with which they propose other words for their talk, or a new deck."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """There are no links, and nothing was proposed."""
    op.create_table(
        "talk_link",
        *(_text(name) for name in ("id", "token_sha256", "talk_id", "speaker", "made_by")),
        sa.Column("position", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=True) for name in ("person_id", "organisation_id")),
        *(_moment(name) for name in ("made_at", "ends_at")),
        _moment("revoked_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_talk_link"),
        sa.UniqueConstraint("token_sha256", name="uq_talk_link_token_sha256"),
    )
    op.create_index("ix_talk_link_talk_id", "talk_link", ["talk_id"])
    op.create_table(
        "talk_proposal",
        *(_text(name) for name in ("id", "link_id", "note", "state", "decided_by", "reason")),
        *(sa.Column(name, sa.JSON(), nullable=False) for name in ("base", "given")),
        sa.Column("submission_id", sa.String(), nullable=True),
        sa.Column("edit", sa.Integer(), nullable=False),
        _moment("made_at"),
        _moment("decided_at", nullable=True),
        sa.ForeignKeyConstraint(["link_id"], ["talk_link.id"], name="fk_talk_proposal_link_id_talk_link"),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name="fk_talk_proposal_submission_id_submission"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_talk_proposal"),
    )
    op.create_index("ix_talk_proposal_state_made_at", "talk_proposal", ["state", "made_at"])
    op.create_index("ix_talk_proposal_link_id", "talk_proposal", ["link_id"])
    op.create_index("ix_talk_proposal_submission_id", "talk_proposal", ["submission_id"])


def _text(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.String(), nullable=False)


def _moment(name: str, nullable: bool = False) -> "sa.Column[str]":
    return sa.Column(name, sa.String(length=27), nullable=nullable)
