"""An OpenID provider on loopback that can be told to say what no honest one does."""

import hashlib
import json
import threading
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

CLIENT = "arkivet"
_LOOKS_EVERY_S = 0.01


def _text(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


@cache
def _key(nth: int) -> RSAKey:
    """Return a provider's nth key: all in a process have the same, since one takes long to make."""
    return RSAKey.generate_key(2048, {"kid": f"key-{nth}"})


class Provider:
    """Signs in whoever `claims` says, with a code that is good once."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.claims: dict[str, Any] = {
            "sub": "anna-1",
            "email": "anna@example.org",
            "email_verified": True,
            "name": "Anna Ek",
        }
        self.userinfo: dict[str, Any] | None = None
        self.changes: dict[str, Any] = {}  # of the token's own claims; None leaves one out
        self.metadata_changes: dict[str, Any] = {}
        self.algorithm = "RS256"
        self._rotations = 0
        self.rotate()
        self._codes: dict[str, dict[str, str]] = {}
        self.asked: list[str] = []

    def rotate(self) -> None:
        """Sign with a new key from here on, and publish no other."""
        self.key = self.signing = _key(self._rotations)
        self._rotations += 1

    def authorize(self, address: str) -> dict[str, str]:
        """Sign somebody in as their browser would; return the parameters with which it is sent back."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["code_challenge_method"] == "S256"
        code = f"code-{len(self._codes)}"
        self._codes[code] = asked
        return {"state": asked["state"], "code": code}

    def metadata(self) -> dict[str, Any]:
        paths = {"authorization_endpoint": "/authorize", "token_endpoint": "/token", "jwks_uri": "/keys"}
        named = {name: f"{self.issuer}{path}" for name, path in paths.items()}
        if self.userinfo is not None:
            named["userinfo_endpoint"] = f"{self.issuer}/userinfo"
        return {"issuer": self.issuer, **named, **self.metadata_changes}

    def token(self, form: dict[str, list[str]]) -> dict[str, Any] | None:
        asked = self._codes.pop(form["code"][0], None)
        verifier = hashlib.sha256(form["code_verifier"][0].encode()).digest()
        if asked is None or asked["code_challenge"] != _text(verifier):
            return None
        now = int(time.time())
        own = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": asked["nonce"]}
        claims = {**own, **self.claims, **self.changes}
        claims = {name: value for name, value in claims.items() if value is not None}
        return {"access_token": "x", "token_type": "Bearer", "id_token": self._signed(claims)}

    def _signed(self, claims: dict[str, Any]) -> str:
        header = {"alg": self.algorithm, "kid": str(self.key.kid)}
        if self.algorithm == "none":
            parts = (json.dumps(part).encode() for part in (header, claims))
            return f"{'.'.join(map(_text, parts))}."
        if self.algorithm == "HS256":  # the public key, which everybody has, as a shared secret
            secret = OctKey.import_key(self.key.as_pem(private=False))
            return jwt.encode(header, claims, secret, algorithms=["HS256"])
        return jwt.encode(header, claims, self.signing, algorithms=["RS256"])


@contextmanager
def serving() -> Iterator[Provider]:
    """Run a provider on a free port of loopback."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            provider.asked.append(self.path)
            if self.path == "/keys":
                self._say({"keys": [provider.key.as_dict(private=False)]})
            elif self.path == "/userinfo":
                self._say(provider.userinfo if self.headers["Authorization"] == "Bearer x" else None)
            else:
                self._say(provider.metadata())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._say(provider.token(parse_qs(body)))

        def _say(self, answer: dict[str, Any] | None) -> None:
            data = json.dumps(answer or {"error": "invalid_grant"}).encode()
            self.send_response(200 if answer else 400)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider = Provider(f"http://127.0.0.1:{server.server_port}")
    # How often it looks whether it is to end, which each test waits for.
    thread = threading.Thread(target=server.serve_forever, args=(_LOOKS_EVERY_S,), daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
