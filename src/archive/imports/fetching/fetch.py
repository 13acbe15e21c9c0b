"""Fetches what is at an address: each step of a redirect is looked at as the first one was.

Before many pages of a site are fetched, its robots.txt is asked (RFC 9309).
"""

import io
import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPException
from importlib.metadata import version
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from protego import Protego
from urllib3.connection import HTTPConnection
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse

from archive.errors import (
    DeadLink,
    FetchedTooLarge,
    FetchError,
    FetchTooSlow,
    RobotsForbid,
    SignInNeeded,
    SiteDown,
    TooManyRedirects,
    WrongType,
)
from archive.imports.fetching.address import WebAddress, parse_address
from archive.imports.fetching.connecting import (
    TOO_SLOW,
    Deadline,
    Resolution,
    Resolver,
    connect,
    system_resolver,
)
from archive.settings.imports import ImportSettings

PAGE_MAX_BYTES = 10 * 1024 * 1024
PAGE_TIME_S = 15.0
REDIRECTS_MAX = 5
_CHUNK_BYTES = 64 * 1024
_TOO_MANY = 429
_SIGN_IN = frozenset({401, 403, 407})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_SIGN_IN_WORDS = re.compile(
    r"(?:^|[^a-z])(?:log-?[io]n|sign-?in|logga-?in|inloggning|auth|sso|saml2?|adfs|wp-login|idp|oauth2?)(?:[^a-z]|$)"
)
_SIGN_IN_HOSTS = ("login.", "accounts.", "auth.", "sso.", "idp.", "adfs.")
USER_AGENT = f"archive-import/{version('archive')} (pages of seminars that staff of an archive ask for)"

NOTHING_THERE = "Nothing is at the address (any more). Check the link, or give the file itself."
NOBODY_ANSWERS = "Nobody answers at the address. Try again later, or save the page and give the file."
SERVER_FAULT = "The site answers with a fault of its own. Try again later, or save it and give the file."
NO_CERTIFICATE = "The site cannot prove that it is the one in the address. Save the page and give the file."
SIGN_IN_NEEDED = "The address is behind a sign-in. Sign in there yourself, save what it shows, give the file."
TOO_LARGE = "What is at the address is larger than may be fetched. Save it and give the file."
ENDLESS_REDIRECTS = "The address leads on to others without an end. Give the one that a browser ends at."
NO_PAGE = "There is no page at the address but a file of another kind. Give the address of the page."

_NAME = "archive-import"
_FORBIDDEN = "The site asks programs not to fetch that page (robots.txt). Save the page and give the file."
_UNKNOWN = "The site does not say whether programs may fetch its pages (robots.txt). Try again later."


@dataclass(frozen=True, slots=True)
class FetchBounds:
    """The most that one fetch may take: bytes (unpacked, too) and seconds in whole."""

    max_bytes: int = PAGE_MAX_BYTES
    time_s: float = PAGE_TIME_S


PAGE_BOUNDS = FetchBounds()

_ROBOTS_BOUNDS = FetchBounds(max_bytes=500 * 1024)  # RFC 9309, 2.5: what is longer need not be read


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was fetched. `address` is where it was in the end; `content_type` as the server said it."""

    address: str
    content_type: str
    size_bytes: int
    filename: str = ""


class Fetcher:
    """Fetches from the public internet, and from the own network what the settings name.

    Args:
        settings: the section `imports`.
        resolver: gives the addresses of a host.
        tls: whose certificates are trusted; None: whose the system trusts.
    """

    def __init__(
        self,
        settings: ImportSettings,
        resolver: Resolver = system_resolver,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._tls = tls
        self._resolution = Resolution(resolver, settings.internal_hosts)

    def page(self, address: str, accept: str = "text/html, application/xhtml+xml") -> tuple[Fetched, bytes]:
        """Fetch a page, which is kept in memory.

        Raises AddressRefused and FetchError: one sentence each with what to do.
        """
        into = io.BytesIO()
        return self.fetch(address, into, PAGE_BOUNDS, accept), into.getvalue()

    def require_usable(self, address: str) -> None:
        """Raise AddressRefused where that can be told from the address alone, without asking anybody."""
        self._resolution.require_usable(parse_address(address))

    def fetch(self, address: str, into: BinaryIO, bounds: FetchBounds, accept: str = "*/*") -> Fetched:
        """Write what is at an address into a file. Raises as `page`; what was written until then stays."""
        first = at = parse_address(address)
        with Deadline(bounds.time_s) as deadline:
            for _ in range(REDIRECTS_MAX + 1):
                pinned = self._resolution.pinned(at, deadline.remaining_s)
                connection = connect(at, pinned, deadline, self._tls)
                try:
                    response = _asked(connection, at, accept)
                    if response.status not in _REDIRECTS or "Location" not in response.headers:
                        fetched = _received(response, at, into, bounds.max_bytes)
                        if deadline.is_over:  # the end of a connection that was cut looks like the file's
                            raise FetchTooSlow(TOO_SLOW)
                        return fetched
                    at = at.joined(response.headers["Location"])
                except (HTTPException, HTTPError, OSError, ValueError) as error:
                    raise _named(error, deadline) from error
                finally:
                    connection.close()
                if leads_to_sign_in(first, at):
                    raise SignInNeeded(SIGN_IN_NEEDED)
        raise TooManyRedirects(ENDLESS_REDIRECTS)


def leads_to_sign_in(first: WebAddress, at: WebAddress) -> bool:
    """Return whether a redirect has led from an address to a page where people sign in."""
    if _SIGN_IN_WORDS.search(urlsplit(first.target).path.lower()) or first.host.startswith(_SIGN_IN_HOSTS):
        return False
    path = urlsplit(at.target).path.lower()
    moved = at.host != first.host and at.host.startswith(_SIGN_IN_HOSTS)
    return moved or _SIGN_IN_WORDS.search(path) is not None


def _asked(connection: HTTPConnection, at: WebAddress, accept: str) -> BaseHTTPResponse:
    headers = {
        "User-Agent": USER_AGENT,
        "Accept": accept,
        "Accept-Encoding": "gzip, deflate",
        "Accept-Language": "sv, en;q=0.8, *;q=0.5",
        "Connection": "close",
    }
    connection.request("GET", at.target, headers=headers, preload_content=False)
    return connection.getresponse()


def _received(response: BaseHTTPResponse, at: WebAddress, into: BinaryIO, max_bytes: int) -> Fetched:
    if response.status in _SIGN_IN:
        raise SignInNeeded(SIGN_IN_NEEDED)
    if response.status >= 500 or response.status == _TOO_MANY:
        raise SiteDown(SERVER_FAULT)
    if response.status != 200:
        raise DeadLink(NOTHING_THERE)
    length = response.headers.get("Content-Length", "")
    if length.isdecimal() and len(length) < 20 and int(length) > max_bytes:
        raise FetchedTooLarge(TOO_LARGE)
    size_bytes = 0
    for chunk in response.stream(_CHUNK_BYTES, decode_content=True):
        size_bytes += len(chunk)
        if size_bytes > max_bytes:
            raise FetchedTooLarge(TOO_LARGE)
        into.write(chunk)
    content_type = response.headers.get("Content-Type", "")
    return Fetched(str(at), content_type, size_bytes, _filename(response.headers, at))


def _named(error: Exception, deadline: Deadline) -> Exception:
    """Return what is told of a connection that failed."""
    if deadline.is_over or isinstance(error, TimeoutError):
        return FetchTooSlow(TOO_SLOW)
    if isinstance(error, ssl.SSLError) or "certificate" in str(error).lower():
        return SiteDown(NO_CERTIFICATE)
    return SiteDown(NOBODY_ANSWERS)


def _filename(headers: Mapping[str, str], at: WebAddress) -> str:
    """Return what the server calls the file, else the last part of the address; "" where it has none."""
    message = Message()
    message["Content-Disposition"] = headers.get("Content-Disposition", "")
    named = message.get_filename("")
    last = unquote(urlsplit(at.target).path.rpartition("/")[2], errors="replace")
    return (named or last).replace("\\", "/").rpartition("/")[2].replace("\0", "")[:255]


def require_page(content_type: str, body: bytes) -> None:
    """Raise WrongType where what was fetched is no page."""
    kind = content_type.partition(";")[0].strip().lower()
    head = body[:1024].lstrip().lower()
    is_page = kind in ("text/html", "application/xhtml+xml") or (
        kind in ("", "text/plain", "application/xml", "text/xml") and b"<" in head
    )
    if not is_page or body.startswith((b"%PDF", b"PK\x03\x04")):
        raise WrongType(NO_PAGE)


class Robots:
    """Whether pages of a list may be fetched; what a site says is asked for once."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher
        self._known: dict[str, Protego] = {}

    def require(self, address: str) -> None:
        """Raise RobotsForbid where a site does not want a page fetched, or does not say it just now."""
        origin = parse_address(address).origin
        if origin not in self._known:
            self._known[origin] = self._asked(origin)
        if not self._known[origin].can_fetch(address, _NAME):
            raise RobotsForbid(_FORBIDDEN)

    def _asked(self, origin: str) -> Protego:
        into = io.BytesIO()
        try:
            self._fetcher.fetch(f"{origin}/robots.txt", into, _ROBOTS_BOUNDS, "text/plain")
        except (SignInNeeded, DeadLink):
            return Protego.parse("")  # RFC 9309, 2.3.1.3: what answers 400 to 499 has no rules
        except FetchError as error:
            raise RobotsForbid(_UNKNOWN) from error
        return Protego.parse(into.getvalue().decode("utf-8", "replace"))
