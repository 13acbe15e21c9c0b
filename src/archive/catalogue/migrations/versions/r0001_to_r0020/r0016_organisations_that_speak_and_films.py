"""A talk may be an organisation's whose speaker is not known; who led it is no speaker; films are linked to."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """All contributions of before are those of speakers."""
    with op.batch_alter_table("contribution") as table:
        table.alter_column("person_id", existing_type=sa.String(), nullable=True)
        table.add_column(sa.Column("is_moderator", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "film",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=True),
        sa.Column("presentation_id", sa.String(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_film_event_id_event"),
        sa.ForeignKeyConstraint(
            ["presentation_id"], ["presentation.id"], name="fk_film_presentation_id_presentation"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_film"),
    )
    op.create_index("ix_film_event_id", "film", ["event_id"])
    op.create_index("ix_film_presentation_id", "film", ["presentation_id"])
