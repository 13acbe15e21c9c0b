"""Start and stop the provider."""

import json
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.servers.openid.installation import Installation
from tests.waiting import HANG_S

CLIENT, SECRET = "arkivet", "hemligt-bara-i-prov/%+"
BACK = "http://localhost/sign-in/oidc/back"
_PROGRAM = Path(__file__).with_name("provider.js")


class OpenIdServer:
    """One provider; `people` says who may sign in there, with which claims, from the next token on."""

    def __init__(self, installed: Installation, folder: Path) -> None:
        self._installed = installed
        self._people = folder / "people.json"
        self._log = folder / "log"
        self._process: subprocess.Popen[str] | None = None
        self.issuer = ""
        self.secret_file = folder / "secret"
        self.secret_file.write_text(SECRET, "utf-8")
        self.tell({})

    def tell(self, people: dict[str, dict[str, Any]]) -> None:
        """Say who is known there."""
        self._people.write_text(json.dumps(people), "utf-8")

    def start(self, conform_id_token_claims: bool = True) -> None:
        """Start it with a new signing key, at the address of before where there was one.

        Args:
            conform_id_token_claims: the token has who somebody is, userinfo the rest; else the token has all.
        """
        client = {
            "client_id": CLIENT,
            "client_secret": SECRET,
            "redirect_uris": [BACK],
            "token_endpoint_auth_method": "client_secret_basic",
        }
        asked = {
            "port": urlsplit(self.issuer).port or 0,
            "people": str(self._people),
            "client": client,
            "conformIdTokenClaims": conform_id_token_claims,
        }
        with self._log.open("a") as log:
            self._process = subprocess.Popen(
                [self._installed.node, str(_PROGRAM), json.dumps(asked)],
                cwd=self._installed.folder,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert self._process.stdout is not None
        said = self._process.stdout.readline()
        assert said.startswith("listens at "), self._log.read_text("utf-8")
        self.issuer = said.removeprefix("listens at ").strip()

    def stop(self) -> None:
        """End it."""
        if self._process is not None:
            self._process.communicate(timeout=HANG_S)
            self._process = None
