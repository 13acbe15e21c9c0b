"""The settings of those whom signing in needs: the server that sends mail, and an OpenID provider."""

from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class MailSettings(_Section):
    """The server that mail is sent through; `sender` is whom it is from ("Arkivet <arkiv@example.org>").

    `tls`: "starttls" (port 587), "tls" (port 465) or "none", for a server on the machine itself. The password
    is what `password_file` holds, so that no secret stands among the settings.
    """

    host: str = ""
    port: Annotated[int, Field(ge=1, le=65535)] = 587
    tls: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    password_file: Path | None = None
    sender: str = ""
    time_s: Annotated[float, Field(gt=0, le=300)] = 20.0

    @model_validator(mode="after")
    def _send_no_password_in_the_clear(self) -> Self:
        if self.user and (self.tls == "none" or self.password_file is None):
            raise PydanticCustomError("bad_mail_user", "a user needs a password_file, and TLS to send it by")
        return self


class OidcSettings(_Section):
    """The OpenID provider that people may sign in at; without `issuer` there is none.

    `client_secret_file` holds the secret alone. `roles` says which values of the claim `roles_claim` (with
    dots into objects: "realm_access.roles") give which role; who has none of them gets `default_role`, or no
    way in. Without `roles` accounts keep the role that they have here. People of `domains` alone may sign in,
    where there are any; with `create_accounts` also those who have no account yet. An address (`email`)
    counts where the provider has verified it, or always with `trust_email`.
    """

    issuer: str = ""
    client_id: str = ""
    client_secret_file: Path | None = None
    scopes: tuple[str, ...] = ("openid", "email", "profile")
    label: str = ""
    roles_claim: str = "groups"
    roles: dict[str, Literal["member", "staff", "admin"]] = Field(default_factory=dict)
    default_role: Literal["", "member", "staff"] = ""
    domains: tuple[str, ...] = ()
    create_accounts: bool = False
    trust_email: bool = False
    time_s: Annotated[float, Field(gt=0, le=60)] = 5.0

    @model_validator(mode="after")
    def _check_provider(self) -> Self:
        parts = urlsplit(self.issuer)
        is_here = parts.hostname in ("localhost", "127.0.0.1", "::1")
        if self.issuer and not (parts.scheme == "https" or (parts.scheme == "http" and is_here)):
            raise PydanticCustomError("bad_issuer", "issuer is an address with https")
        if self.issuer and not self.client_id:
            raise PydanticCustomError("no_client", "issuer needs a client_id")
        return self
