"""Files that staff send in, and what became of them."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_TARGETS = (("event_id", "event"), ("presentation_id", "presentation"), ("document_id", "document"))


def upgrade() -> None:
    """Add tables; an archive from before has no uploads."""
    op.create_table(
        "upload",
        *(_text(name) for name in ("id", "login", "batch", "filename", "folder")),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        _text("sha256"),
        sa.Column("is_separate", sa.Boolean(), nullable=False),
        *(_text(column, nullable=True) for column, _ in _TARGETS),
        *(_text(name) for name in ("state", "code", "message", "made_at", "updated_at")),
        *(_refers("upload", column, table) for column, table in _TARGETS),
        sa.PrimaryKeyConstraint("id", name="pk_upload"),
    )
    op.create_index("ix_upload_state", "upload", ["state"])
    op.create_index("ix_upload_made_at", "upload", ["made_at"])
    op.create_table(
        "uploaded_file",
        _text("upload_id"),
        sa.Column("number", sa.Integer(), nullable=False),
        *(_text(name) for name in ("file", "outcome")),
        *(_text(name, nullable=True) for name in ("document_id", "version_id")),
        *(_text(name) for name in ("code", "message")),
        sa.Column("word_count", sa.Integer(), nullable=True),
        _text("searchable_at", nullable=True),
        *(
            _refers("uploaded_file", column, column.removesuffix("_id"))
            for column in ("upload_id", "document_id", "version_id")
        ),
        sa.PrimaryKeyConstraint("upload_id", "number", name="pk_uploaded_file"),
    )
    op.create_index("ix_uploaded_file_document_id", "uploaded_file", ["document_id"])


def _text(name: str, nullable: bool = False) -> sa.Column[str]:
    """Return a column of text; those of points in time end with `_at` and have their fixed width."""
    kind = sa.String(length=27) if name.endswith("_at") else sa.String()
    return sa.Column(name, kind, nullable=nullable)


def _refers(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}_{other}")
