"""What files say of themselves: their properties, and the date that they give."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Documents from before have no properties until they are read again; `naming` 0 has them named anew."""
    op.add_column("version", sa.Column("properties", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("document", sa.Column("file_date", sa.String(), nullable=False, server_default=""))
    op.add_column("document", sa.Column("naming", sa.Integer(), nullable=False, server_default="0"))
