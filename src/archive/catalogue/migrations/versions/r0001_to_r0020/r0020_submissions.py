"""Members may send files in: what they say of them, which uploads those are, and what staff declined."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Nobody has sent anything in."""
    text = ("id", "login", "sender", "title", "event", "talk", "note", "rights")
    op.create_table(
        "submission",
        *(sa.Column(name, sa.String(), nullable=False) for name in text),
        sa.Column("event_id", sa.String(), nullable=True),
        sa.Column("made_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_submission"),
    )
    op.create_index("ix_submission_login_made_at", "submission", ["login", "made_at"])
    op.create_table(
        "submitted_upload",
        sa.Column("upload_id", sa.String(), nullable=False),
        sa.Column("submission_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["upload_id"], ["upload.id"], name="fk_submitted_upload_upload_id_upload"),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name="fk_submitted_upload_submission_id_submission"
        ),
        sa.PrimaryKeyConstraint("upload_id", name="pk_submitted_upload"),
    )
    op.create_index("ix_submitted_upload_submission_id", "submitted_upload", ["submission_id"])
    op.create_table(
        "declined_document",
        sa.Column("document_id", sa.String(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("login", "reason")),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name="fk_declined_document_document_id_document"
        ),
        sa.PrimaryKeyConstraint("document_id", name="pk_declined_document"),
    )
