"""People and organisations under several names: spellings, names over time, where old addresses lead."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

_KINDS = (("person", "people"), ("organisation", "organisations"))


def upgrade() -> None:
    """Nobody has another name yet; the names as they stood on the day are those of today."""
    for name in ("person_name", "organisation_name"):
        op.add_column("contribution", sa.Column(name, sa.String(), nullable=False, server_default=""))
    for one, many in _KINDS:
        _create_spellings(one)
        _create_former(one)
        _create_distinct(one, f"distinct_{many}")


def _create_spellings(one: str) -> None:
    table, column = f"{one}_spelling", f"{one}_id"
    op.create_table(
        table,
        sa.Column(column, sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("begins", sa.String(), nullable=False),
        sa.Column("ends", sa.String(), nullable=False),
        sa.Column("is_shown", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint([column], [f"{one}.id"], name=f"fk_{table}_{column}_{one}"),
        sa.PrimaryKeyConstraint(column, "name_key", name=f"pk_{table}"),
        sa.UniqueConstraint("name_key", name=f"uq_{table}_name_key"),
    )


def _create_former(one: str) -> None:
    table, column = f"former_{one}", f"{one}_id"
    op.create_table(
        table,
        sa.Column("id", sa.String(), nullable=False),
        sa.Column(column, sa.String(), nullable=False),
        sa.ForeignKeyConstraint([column], [f"{one}.id"], name=f"fk_{table}_{column}_{one}"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    )
    op.create_index(f"ix_{table}_{column}", table, [column])


def _create_distinct(one: str, table: str) -> None:
    column = f"{one}_id"
    op.create_table(
        table,
        sa.Column(column, sa.String(), nullable=False),
        sa.Column("other_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint([column], [f"{one}.id"], name=f"fk_{table}_{column}_{one}"),
        sa.ForeignKeyConstraint(["other_id"], [f"{one}.id"], name=f"fk_{table}_other_id_{one}"),
        sa.PrimaryKeyConstraint(column, "other_id", name=f"pk_{table}"),
    )
    op.create_index(f"ix_{table}_other_id", table, ["other_id"])
