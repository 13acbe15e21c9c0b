"""Who gets the original is chosen for each document, where staff want another than the setting."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """For documents of before, the setting holds."""
    column = sa.Column("original_access", sa.String(), nullable=False, server_default="")
    op.add_column("document", column)
