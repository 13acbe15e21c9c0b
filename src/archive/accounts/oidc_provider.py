"""An OpenID provider over HTTP: what it says of itself, its keys, and the tokens that it gives for a code.

Tokens are read by joserfc and judged by Authlib (OpenID Connect Core 3.1.3.7). Only algorithms with a public
key are taken, so that neither `none` nor the public key used as a shared secret passes.
"""

import base64
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from archive.printable import printable
from archive.settings.sign_in import OidcSettings

_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
_CLOCK_S = 120
_KEPT_S = 3600.0
_DOWN_S = 10.0  # so that a provider that hangs keeps no more than one thread waiting at a time for long
_ANSWER_MAX_BYTES = 1024 * 1024
_REASON_MAX_CHARS = 200


class ProviderDown(Exception):
    """The provider does not answer, or not as one; `reason` is for the log."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = printable(reason[:_REASON_MAX_CHARS])


class TokenRefused(Exception):
    """The provider's answer to a code is not right; `reason` is for the log."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = printable(reason[:_REASON_MAX_CHARS])


@dataclass
class _Kept:
    value: dict[str, Any]
    until_s: float


class Provider:
    """The provider of the settings; what it says is kept for an hour. Safe for several threads."""

    def __init__(self, settings: OidcSettings) -> None:
        """Take the section `oidc` of the settings."""
        self._settings = settings
        self._opener: OpenerDirector = build_opener(_NoRedirects)
        self._kept: dict[str, _Kept] = {}
        self._down_until_s = 0.0

    def authorization_address(self, parameters: Mapping[str, str]) -> str:
        """Return where the browser goes to sign in. Raises ProviderDown."""
        endpoint = self._endpoint("authorization_endpoint")
        return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(parameters, quote_via=quote)}"

    def claims(self, code: str, verifier: str, redirect_uri: str, nonce: str) -> dict[str, Any]:
        """Return what the provider says of who has signed in. Raises ProviderDown and TokenRefused."""
        tokens = self._tokens(code, verifier, redirect_uri)
        id_token = tokens.get("id_token")
        if not isinstance(id_token, str):
            raise TokenRefused("no id_token")
        try:
            token = self._decoded(id_token)
            essential = {"iss": self._settings.issuer, "aud": self._settings.client_id}
            judged = CodeIDToken(
                token.claims,
                token.header,
                {name: {"essential": True, "value": value} for name, value in essential.items()},
                {
                    "nonce": nonce,
                    "client_id": self._settings.client_id,
                    "access_token": tokens.get("access_token"),
                },
            )
            judged.validate(now=int(time.time()), leeway=_CLOCK_S)
        except (JoseError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise TokenRefused(f"id_token: {type(error).__name__} {error}") from error
        if judged.get("nonce") != nonce or not isinstance(judged.get("sub"), str):
            raise TokenRefused("id_token: nonce or sub")
        return self._said_of(dict(judged), tokens.get("access_token"))

    def _said_of(self, claims: dict[str, Any], access_token: object) -> dict[str, Any]:
        """Return claims with those that the provider tells beside the token (OpenID Connect Core 5.3)."""
        wanted = {"email", *([self._settings.roles_claim.partition(".")[0]] if self._settings.roles else [])}
        if wanted <= claims.keys() or not isinstance(access_token, str):
            return claims
        try:
            address = self._endpoint("userinfo_endpoint")
        except ProviderDown:
            return claims  # it has none
        headers = {"Accept": "application/json", "Authorization": f"Bearer {access_token}"}
        said = self._ask(Request(address, headers=headers))  # noqa: S310 - checked where it was read
        if said.get("sub") != claims["sub"]:
            raise TokenRefused("userinfo: of somebody else")
        return said | claims

    def _decoded(self, id_token: str) -> jwt.Token:
        """Return a token whose signature is right; keys that the provider has changed are asked for anew."""
        address = self._endpoint("jwks_uri")
        try:
            return jwt.decode(id_token, self._keys(address), algorithms=_ALGORITHMS)
        except (JoseError, ValueError):
            self._kept.pop(address, None)
            return jwt.decode(id_token, self._keys(address), algorithms=_ALGORITHMS)

    def _keys(self, address: str) -> KeySet:
        untrusted: Any = self._get(address)
        return KeySet.import_key_set(untrusted)

    def _tokens(self, code: str, verifier: str, redirect_uri: str) -> dict[str, Any]:
        settings = self._settings
        fields = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirect_uri,
            "code_verifier": verifier,
            "client_id": settings.client_id,
        }
        headers = {"Accept": "application/json"}
        if settings.client_secret_file:
            try:
                secret = settings.client_secret_file.read_text("utf-8").strip()
            except (OSError, ValueError) as error:
                raise ProviderDown(f"the secret cannot be read: {type(error).__name__}") from error
            pair = f"{quote(settings.client_id, '')}:{quote(secret, '')}"  # RFC 6749, 2.3.1
            headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
        return self._ask(Request(self._endpoint("token_endpoint"), urlencode(fields).encode(), headers))  # noqa: S310

    def _endpoint(self, name: str) -> str:
        issuer = self._settings.issuer
        metadata = self._get(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
        if metadata.get("issuer") != issuer:
            raise ProviderDown(f"it calls itself {metadata.get('issuer')!r}, not oidc.issuer")
        address = metadata.get(name)
        if not isinstance(address, str) or not is_safe_address(address):
            raise ProviderDown(f"{name} is no address with https")
        return address

    def _get(self, address: str) -> dict[str, Any]:
        kept = self._kept.get(address)
        if kept is None or kept.until_s <= time.monotonic():
            answer = self._ask(Request(address, headers={"Accept": "application/json"}))  # noqa: S310
            kept = self._kept[address] = _Kept(answer, time.monotonic() + _KEPT_S)
        return kept.value

    def _ask(self, request: Request) -> dict[str, Any]:
        if time.monotonic() < self._down_until_s:
            raise ProviderDown("it did not answer a moment ago")
        try:
            with self._opener.open(request, timeout=self._settings.time_s) as answer:
                said = json.loads(answer.read(_ANSWER_MAX_BYTES))
        except HTTPError as error:
            raise TokenRefused(f"{urlsplit(request.full_url).path}: HTTP {error.code}") from error
        except (OSError, ValueError, RecursionError) as error:
            self._down_until_s = time.monotonic() + _DOWN_S
            raise ProviderDown(f"{type(error).__name__}: {error}") from error
        if not isinstance(said, dict):
            raise ProviderDown("it says no JSON object")
        return said


def is_safe_address(address: str) -> bool:
    """Return whether an address is one with TLS, or on the machine itself."""
    parts = urlsplit(address)
    try:
        is_here = ip_address(parts.hostname or "").is_loopback
    except ValueError:
        is_here = parts.hostname == "localhost"
    return parts.scheme == "https" or (parts.scheme == "http" and is_here)


class _NoRedirects(HTTPRedirectHandler):
    def redirect_request(self, *_args: Any, **_named: Any) -> None:
        """Follow none: a provider answers where it says that it does."""
