"""What is to be imported is fetched and read as a job: what waits, and what became of it."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    """Nothing waits: before, everything was read within the request."""
    op.create_table(
        "import_reading",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("id", "address", "filename")),
        sa.Column("content_type", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("login", "state")),
        sa.Column("attempts", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("code", "message", "import_id")),
        sa.Column("lease_owner", sa.String(), nullable=False),
        sa.Column("leased_until", sa.String(length=27), nullable=True),
        sa.Column("queued_at", sa.String(length=27), nullable=False),
        sa.Column("updated_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_import_reading"),
    )
    op.create_index("ix_import_reading_state_queued_at", "import_reading", ["state", "queued_at"])
