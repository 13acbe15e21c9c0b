"""Lines that documents begin with, by which titles that several decks share are known."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    """Documents from before get theirs when they are named anew, at the next start."""
    op.create_table(
        "opening_line",
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("cover_key", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            name="fk_opening_line_document_id_document",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("document_id", "line", name="pk_opening_line"),
    )
    op.create_index("ix_opening_line_line", "opening_line", ["line"])
