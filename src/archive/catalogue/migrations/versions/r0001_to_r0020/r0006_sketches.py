"""Sketches of versions, by which decks with many slides in common are found."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Versions from before get a sketch when somebody asks for near duplicates."""
    op.create_table(
        "sketch",
        sa.Column("version_id", sa.String(), nullable=False),
        sa.Column("scheme", sa.Integer(), nullable=False),
        sa.Column("shingle_count", sa.Integer(), nullable=False),
        sa.Column("minima", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name="fk_sketch_version_id_version"),
        sa.PrimaryKeyConstraint("version_id", name="pk_sketch"),
    )
