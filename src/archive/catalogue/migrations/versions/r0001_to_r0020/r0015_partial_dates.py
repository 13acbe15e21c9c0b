"""The date of an event may be no more exact than a month or a year."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Dates of before are days."""
    for name in ("starts_precision", "ends_precision"):
        op.add_column("event", sa.Column(name, sa.String(), nullable=False, server_default="day"))
