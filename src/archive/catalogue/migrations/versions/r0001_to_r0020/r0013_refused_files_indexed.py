"""Files that were refused are found without reading all that ever happened."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Index the few rows that tell of refusals."""
    op.create_index(
        "ix_audit_event_refused",
        "audit_event",
        ["subject", "id"],
        sqlite_where=sa.text("action = 'file.refuse'"),
        postgresql_where=sa.text("action = 'file.refuse'"),
    )
    op.create_index(
        "ix_uploaded_file_refused",
        "uploaded_file",
        ["upload_id"],
        sqlite_where=sa.text("outcome = 'refused'"),
        postgresql_where=sa.text("outcome = 'refused'"),
    )
