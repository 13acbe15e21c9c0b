"""Date and language that staff have given, which a new reading of the file does not change."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """What there is was read from files."""
    for name in ("date_is_given", "language_is_given"):
        op.add_column("document", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
