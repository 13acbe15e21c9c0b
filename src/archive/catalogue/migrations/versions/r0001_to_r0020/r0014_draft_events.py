"""An event that came in with drafts is for staff alone until something of it is published."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Events and talks of before are what they are: none is a draft."""
    for table in ("event", "presentation"):
        op.add_column(table, sa.Column("visibility_given", sa.String(), nullable=False, server_default=""))
