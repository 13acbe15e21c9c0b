"""Questions are counted, jobs know when they were begun, and versions are found by their outcome."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """No question has been counted; when the jobs at work were begun is not known."""
    op.create_table(
        "question_count",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("has_hits", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("day", "question", name="pk_question_count"),
    )
    op.add_column("job", sa.Column("started_at", sa.String(length=27), nullable=True))
    op.create_index("ix_version_category_created_at", "version", ["category", "created_at"])
