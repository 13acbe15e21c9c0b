"""Tables of people who sign in: accounts, their links, sessions, passkeys and tokens; what is counted.

Secrets are kept as digests: passwords by Argon2id, tokens of 256 random bits by SHA-256, which needs no salt.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from archive.catalogue.tables.base import Base


class AccountRow(Base):
    """Somebody who may sign in; `password_hash` is "" until a password is chosen."""

    __tablename__ = "account"

    id: Mapped[str] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    role: Mapped[str]
    password_hash: Mapped[str]
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class AccountIdentityRow(Base):
    """Who an account is at an OpenID provider."""

    __tablename__ = "account_identity"
    __table_args__ = (Index(None, "account_id"),)

    issuer: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"))


class AccountLinkRow(Base):
    """A one-time link; `used_at` stays, so that a second use can be told from a wrong link."""

    __tablename__ = "account_link"
    __table_args__ = (Index(None, "account_id"),)

    token_sha256: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    purpose: Mapped[str]
    made_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class LoginSessionRow(Base):
    """A sign-in that lasts; the row goes when it is ended."""

    __tablename__ = "login_session"
    __table_args__ = (UniqueConstraint("token_sha256"), Index(None, "account_id"))

    id: Mapped[str] = mapped_column(primary_key=True)
    token_sha256: Mapped[str]
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    method: Mapped[str]
    device: Mapped[str]
    made_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    idle_s: Mapped[int]
    ends_at: Mapped[datetime]


class PasskeyRow(Base):
    """A passkey; `credential_id` in Base64 for addresses, `public_key` as COSE has it."""

    __tablename__ = "passkey"
    __table_args__ = (Index(None, "account_id"),)

    credential_id: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int]
    name: Mapped[str]
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class ApiTokenRow(Base):
    """A token for programs."""

    __tablename__ = "api_token"
    __table_args__ = (UniqueConstraint("token_sha256"), Index(None, "account_id"))

    id: Mapped[str] = mapped_column(primary_key=True)
    token_sha256: Mapped[str]
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    name: Mapped[str]
    scope: Mapped[str]
    made_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class SignInStateRow(Base):
    """What a sign-in of two steps remembers between them: a challenge, a nonce. Read once."""

    __tablename__ = "sign_in_state"
    __table_args__ = (Index(None, "ends_at"),)

    token_sha256: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    data: Mapped[dict[str, Any]]
    ends_at: Mapped[datetime]


class RateCountRow(Base):
    """How often something happened since `starts_at`; for bounds that hold over several processes."""

    __tablename__ = "rate_count"
    __table_args__ = (Index(None, "ends_at"),)

    key: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
