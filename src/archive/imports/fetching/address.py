"""A web address as it is fetched: one reading of it, by which all that follows goes.

What two programs could read in two ways (backslashes, names and passwords before the host, numbers in odd
notations) is refused, not mended.
"""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import quote, urljoin, urlsplit

import idna

from archive.errors import AddressRefused

_MAX_CHARS = 2000
_PORTS = {"http": 80, "https": 443}
_OPEN_PORTS = frozenset({80, 443, 8080, 8443})
_IN_TARGET = "%/:=&?~#+!$,;'@()*[]"
_LOOKS_LIKE_NUMBER = re.compile(r"(0x[0-9a-f]*|[0-9]+)", re.IGNORECASE)

NOT_AN_ADDRESS = "That is no web address. Give one that begins with https:// or http://."
NOT_HTTP = "Only addresses that begin with https:// or http:// are fetched. Give the address of a page."
TOO_LONG = "The address is too long. Give one of at most 2,000 characters."
HAS_PASSWORD = "The address has a name or a password before the host. Give it without them."  # noqa: S105
ODD_HOST = "The host in the address is written in an unusual way. Write its name as a browser shows it."
PORT_REFUSED = (
    "The address has a port that is not fetched from. "
    "If the site is your own, name it in imports.internal_hosts."
)
INTERNAL = (
    "The address leads to an internal network, which is not fetched from. "
    "If the site is your own, name it in imports.internal_hosts."
)


@dataclass(frozen=True, slots=True)
class WebAddress:
    """An address in parts. `host` is lower case ASCII without a dot at its end; `target` has no fragment."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def is_port_usual(self) -> bool:
        """Return whether web servers for everybody are on this port."""
        return self.port in _OPEN_PORTS

    @property
    def origin(self) -> str:
        """Return scheme, host and port, the latter where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == _PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}"

    def __str__(self) -> str:
        return self.origin + self.target

    def joined(self, location: str) -> "WebAddress":
        """Return where a redirect from here leads to. Raises AddressRefused."""
        return parse_address(urljoin(str(self), location.strip()))


def parse_address(text: str) -> WebAddress:
    """Read an address. Raises AddressRefused for whatever is not plainly one of a web server."""
    text = text.strip()
    if len(text) > _MAX_CHARS:
        raise AddressRefused(TOO_LONG)
    if not text or any(letter <= " " or letter in "\\\x7f" for letter in text):
        raise AddressRefused(NOT_AN_ADDRESS)
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise AddressRefused(NOT_AN_ADDRESS) from None
    scheme = parts.scheme.lower()
    if scheme not in _PORTS:
        raise AddressRefused(NOT_HTTP if scheme else NOT_AN_ADDRESS)
    if "@" in parts.netloc:
        raise AddressRefused(HAS_PASSWORD)
    if not parts.hostname:
        raise AddressRefused(NOT_AN_ADDRESS)
    if port == 0:
        raise AddressRefused(PORT_REFUSED)
    target = quote(parts.path or "/", safe=_IN_TARGET)
    if parts.query:
        target += "?" + quote(parts.query, safe=_IN_TARGET)
    return WebAddress(scheme, _host(parts.hostname), port or _PORTS[scheme], target)


def _host(text: str) -> str:
    if ":" in text:
        return _ip6(text)
    try:
        ascii_name = text.lower() if text.isascii() else idna.encode(text, uts46=True).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError):
        raise AddressRefused(ODD_HOST) from None
    name = ascii_name.removesuffix(".")
    labels = name.split(".")
    if _LOOKS_LIKE_NUMBER.fullmatch(labels[-1]):
        return _ip4(name)
    if not all(re.fullmatch(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?", label) for label in labels):
        raise AddressRefused(ODD_HOST)
    return name


def _ip4(text: str) -> str:
    """Return an address of four plain numbers; what else a resolver would take for one is refused."""
    try:
        return str(IPv4Address(text))
    except ValueError:
        raise AddressRefused(ODD_HOST) from None


def _ip6(text: str) -> str:
    try:
        address = IPv6Address(text)
    except ValueError:
        raise AddressRefused(ODD_HOST) from None
    if address.scope_id:
        raise AddressRefused(INTERNAL)
    return str(address)
