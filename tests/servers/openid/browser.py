"""Somebody who signs in at a provider: follows redirects, keeps cookies, fills in the forms that come."""

from typing import Any
from urllib.error import HTTPError
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, Request, build_opener

from lxml import html

from tests.servers.openid.server import BACK
from tests.waiting import HANG_S

_STEPS_MAX = 20


class Browser:
    """One browser; who has signed in there once, is known the next time."""

    def __init__(self) -> None:
        self._opener = build_opener(_Stop, HTTPCookieProcessor())
        self.forms_filled = 0

    def sign_in(self, address: str, login: str) -> dict[str, str]:
        """Go where the archive leads, sign in as `login`; return the parameters with which it is led back."""
        body: bytes | None = None
        for _ in range(_STEPS_MAX):
            if address.startswith(BACK):
                return dict(parse_qsl(urlsplit(address).query))
            text, leads_to = self._ask(address, body)
            body = None
            if not leads_to:
                (form,) = html.document_fromstring(text).forms
                leads_to, fields = form.action or "", dict(form.form_values())
                if "login" in form.fields:
                    fields |= {"login": login, "password": "any will do"}
                body = urlencode(fields).encode()
                self.forms_filled += 1
            address = urljoin(address, leads_to)
        raise AssertionError(f"The provider does not come to an end: {address}")

    def _ask(self, address: str, body: bytes | None) -> tuple[str, str]:
        """Return the page, or where it leads."""
        request = Request(address, body)
        try:
            with self._opener.open(request, timeout=HANG_S) as answer:
                return answer.read().decode(), ""
        except HTTPError as answer:
            with answer:
                leads_to, said = answer.headers["Location"], answer.read()[:2000].decode()
        assert leads_to, f"{address}: {said}"
        return "", str(leads_to)


class _Stop(HTTPRedirectHandler):
    def redirect_request(self, *_args: Any, **_named: Any) -> None:
        """Follow none by itself: the last leads to the archive."""
