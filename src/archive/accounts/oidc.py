"""Signing in at an OpenID provider (authorization code with PKCE), and the role that its claims give.

What a sign-in has to bring back (state, nonce, verifier) is kept in the catalogue for ten minutes, taken
once, and bound to the browser by a cookie that only those get who begin. Roles are computed anew from each
token.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from limits import RateLimitItem, RateLimitItemPerMinute

from archive.accounts.credentials import new_token, token_digest
from archive.accounts.oidc_provider import Provider, ProviderDown, TokenRefused
from archive.accounts.sign_in import Client, SignIn
from archive.catalogue import audit
from archive.catalogue.accounts import accounts, sign_in_states
from archive.catalogue.database.database import Database
from archive.catalogue.database.sessions import Session
from archive.errors import InputError, SignInFailed
from archive.model.accounts import Account, Role, SignInMethod
from archive.settings.sign_in import OidcSettings

_LOG = logging.getLogger("archive.accounts")
_KIND = "oidc"
_ACTOR = "oidc"
_LASTS = timedelta(minutes=10)
_BEGINNINGS: tuple[RateLimitItem, ...] = (RateLimitItemPerMinute(60),)


@dataclass(frozen=True, slots=True)
class Returned:
    """What the browser brings back from the provider."""

    state: str
    code: str
    issuer: str
    error: str


class _Refused(Exception):
    """A sign-in is refused: the reason for the log, and what the visitor is told."""

    def __init__(self, reason: str, told: SignInFailed | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.told = told or SignInFailed("Signing in there did not work. Try again, or sign in another way.")


class Oidc:
    """Signs people in by the provider of the settings."""

    def __init__(self, database: Database, settings: OidcSettings, sign_in: SignIn) -> None:
        """Take the catalogue, the section `oidc` of the settings, and who begins sessions."""
        self._database = database
        self._settings = settings
        self._sign_in = sign_in
        self._provider = Provider(settings)

    def begin(self, redirect_uri: str, next_address: str, browser: str, client: Client) -> str:
        """Begin a sign-in; return where the browser goes.

        Args:
            redirect_uri: where the provider sends it back to.
            next_address: where to go on afterwards.
            browser: the token in the browser's cookie.
            client: where the request comes from.

        Raises:
            TooMany: this address has begun too often.
            SignInFailed: the provider does not answer.
        """
        self._sign_in.throttle.check(_BEGINNINGS, "oidc", client.address)
        self._sign_in.throttle.count(_BEGINNINGS, "oidc", client.address)
        state, nonce, verifier = new_token(), new_token(), new_token()
        try:
            address = self._provider.authorization_address(
                {
                    "response_type": "code",
                    "client_id": self._settings.client_id,
                    "redirect_uri": redirect_uri,
                    "scope": " ".join(self._settings.scopes),
                    "state": state,
                    "nonce": nonce,
                    "code_challenge": create_s256_code_challenge(verifier),
                    "code_challenge_method": "S256",
                }
            )
        except (ProviderDown, TokenRefused) as error:
            raise self._told(_Refused(f"provider: {error.reason}", _down())) from error
        kept = {
            "nonce": nonce,
            "verifier": verifier,
            "browser": token_digest(browser),
            "redirect_uri": redirect_uri,
            "next": next_address,
        }
        with self._database.write() as session:
            sign_in_states.keep(session, token_digest(state), _KIND, kept, _LASTS)
        return address

    def finish(self, returned: Returned, browser: str, client: Client) -> tuple[str, str]:
        """Finish a sign-in; return the session's token, and where to go on. Raises SignInFailed."""
        try:
            kept = self._kept(returned, browser)
            claims = self._provider.claims(
                returned.code, kept["verifier"], kept["redirect_uri"], kept["nonce"]
            )
            with self._database.write() as session:
                account = self._account(session, claims)
                role = self._role(claims, account)
                self._apply(session, account, role)
                token = (
                    self._sign_in.begin_session(
                        session, accounts.account(session, account.id), SignInMethod.OIDC, client
                    )
                    if role
                    else ""
                )
            if not token:  # what was taken away stays so
                raise _Refused("roles: no claim gives one", _no_rights())
        except _Refused as refused:
            raise self._told(refused) from refused
        except ProviderDown as error:
            raise self._told(_Refused(f"provider: {error.reason}", _down())) from error
        except TokenRefused as error:
            raise self._told(_Refused(f"token: {error.reason}")) from error
        return token, kept["next"]

    def _kept(self, returned: Returned, browser: str) -> dict[str, Any]:
        with self._database.write() as session:
            kept = sign_in_states.take(session, token_digest(returned.state), _KIND)
        if kept is None:
            raise _Refused("state: not known, too old or used")
        if kept["browser"] != token_digest(browser):
            raise _Refused("state: of another browser")
        if returned.issuer and returned.issuer != self._settings.issuer:  # RFC 9207
            raise _Refused("iss: of another provider")
        if returned.error or not returned.code:
            raise _Refused("provider: it has signed nobody in")
        return kept

    def _account(self, session: Session, claims: Mapping[str, Any]) -> Account:
        """Return the account of somebody at the provider: linked, of the same address, or new."""
        issuer, subject = self._settings.issuer, str(claims["sub"])
        mail = claims.get("email")
        is_verified = claims.get("email_verified") is True or self._settings.trust_email
        login = accounts.normal_login(mail) if isinstance(mail, str) and is_verified else ""
        domains = [domain.casefold() for domain in self._settings.domains]
        if domains and login.rpartition("@")[2] not in domains:
            raise _Refused("email: not verified, or not of oidc.domains", _no_rights())
        account = accounts.find_by_identity(session, issuer, subject)
        if account is None:
            account = accounts.find(session, login) if login else None
            if account is None:
                account = self._new_account(session, login, claims)
            accounts.add_identity(session, issuer, subject, account)
        if account.ended_at is not None:
            if accounts.ended_by(session, account.id) != _ACTOR or self._role(claims, account) is None:
                raise _Refused("account: was ended", _no_rights())
            accounts.begin_again(session, account.id, _ACTOR)  # the claims have a role for them again
            account = accounts.account(session, account.id)
        return account

    def _new_account(self, session: Session, login: str, claims: Mapping[str, Any]) -> Account:
        if not self._settings.create_accounts or not login:
            raise _Refused("account: there is none, and none is made", _no_rights())
        role = self._role(claims, None)
        if role is None:
            raise _Refused("roles: no claim gives one", _no_rights())
        try:
            return accounts.add(session, login, str(claims.get("name") or login), role, _ACTOR)
        except InputError as error:
            raise _Refused(f"account: {error.message}", _no_rights()) from error

    def _role(self, claims: Mapping[str, Any], account: Account | None) -> Role | None:
        """Return the highest role that the claim gives, else the default one; None where there is none.

        Without a map of roles an account keeps the role that it has.
        """
        settings = self._settings
        if not settings.roles and account is not None:
            return account.role
        value: Any = claims
        for name in settings.roles_claim.split("."):
            value = value.get(name) if isinstance(value, Mapping) else None
        values = value if isinstance(value, list) else [value]
        given = [
            Role(settings.roles[one]) for one in values if isinstance(one, str) and one in settings.roles
        ]
        order = list(Role)
        if given:
            return max(given, key=order.index)
        return Role(settings.default_role) if settings.default_role else None

    def _apply(self, session: Session, account: Account, role: Role | None) -> None:
        """Give an account its role, where it is another one; that of who gets none is ended.

        What a role gave would go on otherwise by tokens for programs, a password or a passkey.
        """
        try:
            accounts.set_role(session, account.id, role or Role.MEMBER, _ACTOR)
        except InputError as error:
            _LOG.warning("OIDC: the last admin (account %s) stays one, though no claim says so.", account.id)
            if role is None:
                raise _Refused("roles: no claim gives the last admin one", _no_rights()) from error
            return
        if role is None:
            accounts.end(session, account.id, _ACTOR)

    def _told(self, refused: _Refused) -> SignInFailed:
        _LOG.warning("OIDC sign-in refused: %s", refused.reason)
        with self._database.write() as session:
            audit.record(session, "sign-in", "account.sign_in", "", "failed", f"oidc: {refused.reason}")
        return refused.told


def _down() -> SignInFailed:
    return SignInFailed(
        "The sign-in service does not answer just now. Try again in a moment, or sign in another way."
    )


def _no_rights() -> SignInFailed:
    return SignInFailed("Your account there has no rights here. Ask whoever looks after the archive.")
