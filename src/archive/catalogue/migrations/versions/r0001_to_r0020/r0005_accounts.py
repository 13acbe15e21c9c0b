"""People who sign in, and documents that are not published yet."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """There are no accounts; every document of before is published."""
    op.add_column("document", sa.Column("draft", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "account",
        *_texts("id", "login", "name", "role", "password_hash", "created_at"),
        sa.Column("ended_at", sa.String(length=27), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("login", name="uq_account_login"),
    )
    meta = sa.table("meta", sa.column("key", sa.String()), sa.column("value", sa.String()))
    op.bulk_insert(meta, [{"key": "form_key", "value": secrets.token_hex(32)}])
    _make_identities_and_links()
    _make_sessions()
    _make_passkeys_and_tokens()
    op.create_table(
        "sign_in_state",
        *_texts("token_sha256", "kind"),
        sa.Column("data", sa.JSON(), nullable=False),
        *_texts("ends_at"),
        sa.PrimaryKeyConstraint("token_sha256", name="pk_sign_in_state"),
    )
    op.create_table(
        "rate_count",
        *_texts("key"),
        sa.Column("count", sa.Integer(), nullable=False),
        *_texts("starts_at", "ends_at"),
        sa.PrimaryKeyConstraint("key", name="pk_rate_count"),
    )
    for table in ("sign_in_state", "rate_count"):
        op.create_index(f"ix_{table}_ends_at", table, ["ends_at"])
    for table in ("account_identity", "account_link", "login_session", "passkey", "api_token"):
        op.create_index(f"ix_{table}_account_id", table, ["account_id"])


def _make_identities_and_links() -> None:
    op.create_table(
        "account_identity",
        *_texts("issuer", "subject", "account_id"),
        _of_account("account_identity"),
        sa.PrimaryKeyConstraint("issuer", "subject", name="pk_account_identity"),
    )
    op.create_table(
        "account_link",
        *_texts("token_sha256", "account_id", "purpose", "made_at", "ends_at"),
        sa.Column("used_at", sa.String(length=27), nullable=True),
        _of_account("account_link"),
        sa.PrimaryKeyConstraint("token_sha256", name="pk_account_link"),
    )


def _make_sessions() -> None:
    op.create_table(
        "login_session",
        *_texts("id", "token_sha256", "account_id", "method", "device", "made_at", "seen_at"),
        sa.Column("idle_s", sa.Integer(), nullable=False),
        *_texts("ends_at"),
        _of_account("login_session"),
        sa.PrimaryKeyConstraint("id", name="pk_login_session"),
        sa.UniqueConstraint("token_sha256", name="uq_login_session_token_sha256"),
    )


def _make_passkeys_and_tokens() -> None:
    op.create_table(
        "passkey",
        *_texts("credential_id", "account_id"),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.Integer(), nullable=False),
        *_texts("name", "made_at"),
        sa.Column("used_at", sa.String(length=27), nullable=True),
        _of_account("passkey"),
        sa.PrimaryKeyConstraint("credential_id", name="pk_passkey"),
    )
    op.create_table(
        "api_token",
        *_texts("id", "token_sha256", "account_id", "name", "scope", "made_at", "ends_at"),
        sa.Column("used_at", sa.String(length=27), nullable=True),
        _of_account("api_token"),
        sa.PrimaryKeyConstraint("id", name="pk_api_token"),
        sa.UniqueConstraint("token_sha256", name="uq_api_token_token_sha256"),
    )


def _texts(*names: str) -> list[sa.Column[str]]:
    """Return columns of text; those of points in time end with `_at` and have their fixed width."""
    return [
        sa.Column(name, sa.String(length=27) if name.endswith("_at") else sa.String(), nullable=False)
        for name in names
    ]


def _of_account(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=f"fk_{table}_account_id_account")
