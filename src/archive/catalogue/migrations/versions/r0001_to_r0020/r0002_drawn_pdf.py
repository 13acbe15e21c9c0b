"""The PDF that LibreOffice made of a version, from which its pictures were drawn, is kept and named."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Versions drawn before have no such PDF: it was not kept."""
    op.add_column("version", sa.Column("drawn_sha256", sa.String(), nullable=False, server_default=""))
