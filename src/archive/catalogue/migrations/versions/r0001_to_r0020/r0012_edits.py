"""The journal of edits: each row before and after, chained by hashes."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """What was changed before is not known."""
    op.create_table(
        "edit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("group_id", sa.String(), nullable=False),
        sa.Column("request_id", sa.String(), nullable=False),
        sa.Column("undoes", sa.JSON(), nullable=False),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.Column("previous_sha256", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_edit"),
        sa.UniqueConstraint("previous_sha256", name="uq_edit_previous_sha256"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_edit_group_id", "edit", ["group_id"])
    op.create_index("ix_edit_at", "edit", ["at"])
    op.create_table(
        "row_change",
        sa.Column("edit_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("row_key", sa.String(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=True),
        sa.Column("content_sha256", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["edit_id"], ["edit.id"], name="fk_row_change_edit_id_edit"),
        sa.PrimaryKeyConstraint("edit_id", "position", name="pk_row_change"),
    )
    op.create_index("ix_row_change_table_name_row_key", "row_change", ["table_name", "row_key"])
