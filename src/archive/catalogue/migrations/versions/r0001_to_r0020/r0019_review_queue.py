"""The review queue: who works on what, and what was found when a version was looked through."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Nobody has taken anything, and nothing was looked through; the queue does that a few at a time."""
    op.create_table(
        "queue_claim",
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("touched_at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_queue_claim_document_id_document"),
        sa.PrimaryKeyConstraint("document_id", name="pk_queue_claim"),
    )
    op.create_index("ix_queue_claim_login", "queue_claim", ["login"])
    op.create_table(
        "version_look",
        sa.Column("version_id", sa.String(), nullable=False),
        sa.Column("scheme", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name="fk_version_look_version_id_version"),
        sa.PrimaryKeyConstraint("version_id", name="pk_version_look"),
    )
    op.create_table(
        "page_finding",
        sa.Column("version_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("personal_numbers", sa.Integer(), nullable=False),
        sa.Column("contact_details", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name="fk_page_finding_version_id_version"),
        sa.PrimaryKeyConstraint("version_id", "number", name="pk_page_finding"),
    )
    op.create_table(
        "likely_duplicate",
        sa.Column("version_id", sa.String(), nullable=False),
        sa.Column("document_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["version.id"], name="fk_likely_duplicate_version_id_version"
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name="fk_likely_duplicate_document_id_document"
        ),
        sa.PrimaryKeyConstraint("version_id", "document_id", name="pk_likely_duplicate"),
    )
    op.create_index("ix_likely_duplicate_document_id", "likely_duplicate", ["document_id"])
