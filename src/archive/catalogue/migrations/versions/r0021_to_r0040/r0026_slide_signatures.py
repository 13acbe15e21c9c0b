"""What slides are compared by, so that the same slide is found in other decks; pictures in grey."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    """Slides from before get their signatures by themselves, a few at a time, while the archive works."""
    op.create_table(
        "signed_version",
        sa.Column("version_id", sa.String(), nullable=False),
        sa.Column("scheme", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name="fk_signed_version_version_id_version"),
        sa.PrimaryKeyConstraint("version_id", name="pk_signed_version"),
    )
    op.create_table(
        "slide_signature",
        sa.Column("version_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("family", sa.BigInteger(), nullable=False),
        sa.Column("word_count", sa.Integer(), nullable=False),
        sa.Column("minima", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name="fk_slide_signature_version_id_version"),
        sa.PrimaryKeyConstraint("version_id", "number", name="pk_slide_signature"),
    )
    op.create_index("ix_slide_signature_family", "slide_signature", ["family"])
    op.create_table(
        "slide_family_key",
        sa.Column("key", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("family", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.PrimaryKeyConstraint("key", "family", name="pk_slide_family_key"),
    )
    op.create_index("ix_slide_family_key_family", "slide_family_key", ["family"])
    op.add_column("picture", sa.Column("grey", sa.LargeBinary(), nullable=True))
