"""Why a document was withdrawn, which slides staff have hidden, and which file describes an event."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Documents withdrawn before were withdrawn by staff; where events came from is not known."""
    op.add_column("document", sa.Column("withdrawn_reason", sa.String(), nullable=False, server_default=""))
    op.add_column("event", sa.Column("source", sa.String(), nullable=False, server_default=""))
    op.create_table(
        "page_choice",
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("words_sha256", sa.String(), nullable=False),
        sa.Column("hides", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_page_choice_document_id_document"),
        sa.PrimaryKeyConstraint("document_id", "number", name="pk_page_choice"),
    )
