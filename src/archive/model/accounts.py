"""People who sign in: accounts, their roles, their sessions, links and tokens."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from archive.model.visibility import Visibility


class Role(StrEnum):
    """What an account may do; each role includes those above it."""

    MEMBER = "member", Visibility.MEMBERS
    STAFF = "staff", Visibility.STAFF
    ADMIN = "admin", Visibility.STAFF

    visibility: Visibility
    """What somebody with this role sees."""

    def __new__(cls, name: str, visibility: Visibility = Visibility.PUBLIC) -> "Role":
        """Make a role that sees up to a level; its value is the name alone."""
        role = str.__new__(cls, name)
        role._value_ = name
        role.visibility = visibility
        return role

    def includes(self, other: "Role") -> bool:
        """Return whether this role may do all that another may."""
        order = list(Role)
        return order.index(self) >= order.index(other)


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in. `login` is an e-mail address or a name, in small letters.

    `ended_at` is when the account was ended: nobody signs in with it any more, and its history stays.
    """

    id: str
    login: str
    name: str
    role: Role
    created_at: datetime
    ended_at: datetime | None = None
    has_password: bool = False
    has_passkey: bool = False


class LinkPurpose(StrEnum):
    """What a one-time link is for."""

    SETUP = "setup"
    """Choose a password or a passkey: a new account, or one whose owner has lost them."""
    SIGN_IN = "sign_in"
    """Sign in once, sent by mail to a member."""


class SignInMethod(StrEnum):
    """How somebody has proved who they are."""

    LINK = "link"
    PASSWORD = "password"  # noqa: S105 - the name of a way, not a password
    PASSKEY = "passkey"
    OIDC = "oidc"
    TOKEN = "token"  # noqa: S105 - the name of a way, not a token


@dataclass(frozen=True, slots=True)
class LoginSession:
    """A sign-in that lasts. `device` is how its browser names itself, shortened."""

    id: str
    account_id: str
    method: SignInMethod
    device: str
    made_at: datetime
    seen_at: datetime
    ends_at: datetime


class TokenScope(StrEnum):
    """What an API token may do."""

    READ = "read"
    """Read and search as a member."""
    WRITE = "write"
    """What its owner may do, and write."""


@dataclass(frozen=True, slots=True)
class ApiToken:
    """A token of an account for programs; the token itself is shown once and kept as a digest."""

    id: str
    account_id: str
    name: str
    scope: TokenScope
    made_at: datetime
    ends_at: datetime
    used_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Passkey:
    """A passkey of an account (WebAuthn); `name` is what its owner calls it."""

    credential_id: str
    account_id: str
    public_key: bytes
    sign_count: int
    name: str
    made_at: datetime
    used_at: datetime | None = None
