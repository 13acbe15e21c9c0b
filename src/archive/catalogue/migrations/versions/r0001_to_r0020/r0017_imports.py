"""Imports of seminars' pages, and the files that they link to."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Nothing was imported before."""
    _make_imports()
    _make_links()


def _make_imports() -> None:
    op.create_table(
        "seminar_import",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("filename", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("content_type", sa.String(), nullable=False),
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("made_at", sa.String(length=27), nullable=False),
        sa.Column("updated_at", sa.String(length=27), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("page", sa.JSON(), nullable=False),
        sa.Column("draft", sa.JSON(), nullable=False),
        sa.Column("published", sa.JSON(), nullable=True),
        sa.Column("kept", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["sha256"], ["original.sha256"], name="fk_seminar_import_sha256_original"),
        sa.PrimaryKeyConstraint("id", name="pk_seminar_import"),
    )
    op.create_index("ix_seminar_import_address", "seminar_import", ["address"])
    op.create_index("ix_seminar_import_updated_at", "seminar_import", ["updated_at"])


def _make_links() -> None:
    op.create_table(
        "import_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("publisher", sa.String(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("presentation_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("is_new", sa.Boolean(), nullable=False),
        sa.Column("lease_owner", sa.String(), nullable=False),
        sa.Column("leased_until", sa.String(length=27), nullable=True),
        sa.Column("retry_at", sa.String(length=27), nullable=False),
        sa.Column("queued_at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["seminar_import.id"], name="fk_import_link_import_id_seminar_import"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_import_link"),
        sa.UniqueConstraint(
            "import_id", "address", "event_id", "presentation_id",
            name="uq_import_link_import_id_address_event_id_presentation_id",
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_import_link_state_retry_at", "import_link", ["state", "retry_at"])
