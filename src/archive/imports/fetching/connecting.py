"""Finds the one address that is connected to, says whether it may be, and connects to it for a time.

On the public internet is, of IPv4, what the IANA registries of special-purpose addresses (RFC 6890) leave; of
IPv6 only what is global unicast (2000::/3) and not set aside in it. All forms that carry an IPv4 address in
an IPv6 one are refused, whatever it is: mapped (::ffff:0:0/96), NAT64 (64:ff9b::/96, 64:ff9b:1::/48), 6to4
(2002::/16), Teredo (2001::/32). The name stays that of the address: it is asked for (`Host`), and TLS checks
the certificate against it.
"""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from types import TracebackType
from typing import Self

from urllib3.connection import HTTPConnection, HTTPSConnection

from archive.errors import AddressRefused, DeadLink, FetchTooSlow
from archive.imports.fetching.address import INTERNAL, PORT_REFUSED, WebAddress

Resolver = Callable[[str, int], Sequence[str]]
"""Gives the addresses of a host, in the order they should be tried. Raises OSError."""

NO_SUCH_HOST = "There is no site of that name. Check the address."
TOO_SLOW = "The site did not answer in time. Try again later, or save the page and give the file."

IpAddress = IPv4Address | IPv6Address

_NOT_PUBLIC_4 = (
    *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
    *("192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24"),
    *("192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24"),
    *("224.0.0.0/4", "240.0.0.0/4"),
)
_NOT_PUBLIC_6 = (*("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20"),)
_GLOBAL_UNICAST_6 = IPv6Network("2000::/3")
_NEVER = (
    "0.0.0.0/8",
    "169.254.0.0/16",
    "224.0.0.0/4",
    "255.255.255.255/32",
    "::/128",
    "fe80::/10",
    "ff00::/8",
)
"""Not even for a host that staff have named: where clouds keep their keys, and what is no host at all."""

_networks_4 = [IPv4Network(text) for text in _NOT_PUBLIC_4]
_networks_6 = [IPv6Network(text) for text in _NOT_PUBLIC_6]
_never = [ip_network(text) for text in _NEVER]


def system_resolver(host: str, port: int) -> Sequence[str]:
    """Ask the system."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


class Resolution:
    """Resolves hosts and refuses those on networks that are not fetched from.

    Args:
        resolver: gives the addresses of a host.
        internal_hosts: hosts of the own network that may be fetched from, "name" or "name:port".
    """

    def __init__(self, resolver: Resolver, internal_hosts: Collection[str]) -> None:
        self._resolver = resolver
        self._internal_hosts = frozenset(internal_hosts)

    def pinned(self, address: WebAddress, timeout_s: float) -> str:
        """Return the address to connect to.

        All that a host has must be allowed, so that none of them is picked by luck. Raises AddressRefused,
        DeadLink and FetchTooSlow.
        """
        self._require_port(address)
        found = self._resolved(address, timeout_s)
        for text in found:
            self._require_allowed(address, text)
        return found[0]

    def require_usable(self, address: WebAddress) -> None:
        """Raise AddressRefused for what would be refused whatever the resolver says."""
        self._require_port(address)
        try:
            parse_ip(address.host)
        except ValueError:
            return  # a name; what it stands for is looked at when it is fetched
        self._require_allowed(address, address.host)

    def _require_port(self, address: WebAddress) -> None:
        if not (address.is_port_usual or self._is_named(address)):
            raise AddressRefused(PORT_REFUSED)

    def _require_allowed(self, address: WebAddress, found: str) -> None:
        try:
            one = parse_ip(found)
        except ValueError:
            raise AddressRefused(INTERNAL) from None
        if not (is_public(one) or (self._is_named(address) and may_be_internal(one))):
            raise AddressRefused(INTERNAL)

    def _is_named(self, address: WebAddress) -> bool:
        if f"{address.host}:{address.port}" in self._internal_hosts:
            return True
        return address.host in self._internal_hosts and address.is_port_usual

    def _resolved(self, address: WebAddress, timeout_s: float) -> Sequence[str]:
        """Ask the resolver, which knows no time limit of its own, in a thread."""
        found: list[str] = []
        failed: list[Exception] = []

        def resolve() -> None:
            try:
                found.extend(self._resolver(address.host, address.port))
            except (OSError, UnicodeError) as error:
                failed.append(error)

        thread = threading.Thread(target=resolve, name="resolve", daemon=True)
        thread.start()
        thread.join(timeout_s)
        if thread.is_alive():
            raise FetchTooSlow(TOO_SLOW)
        if failed or not found:
            raise DeadLink(NO_SUCH_HOST)
        return found


def parse_ip(text: str) -> IpAddress:
    """Return an address as it is written by the resolver. Raises ValueError."""
    return ip_address(text.partition("%")[0])


def is_public(address: IpAddress) -> bool:
    """Return whether an address is on the public internet."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _networks_4)
    return address in _GLOBAL_UNICAST_6 and not any(address in network for network in _networks_6)


def may_be_internal(address: IpAddress) -> bool:
    """Return whether an address that is not public may be that of a host which staff have named."""
    plain = address.ipv4_mapped if isinstance(address, IPv6Address) and address.ipv4_mapped else address
    return not any(plain in network for network in _never if network.version == plain.version)


class Deadline:
    """The time that a fetch may take in whole, whatever it does meanwhile.

    A timeout of a socket begins anew with each byte; this one cuts the connection.
    """

    def __init__(self, total_s: float) -> None:
        self._ends_s = time.monotonic() + total_s
        self._lock = threading.Lock()
        self._sockets: list[socket.socket] = []
        self._timer = threading.Timer(total_s, self._cut)
        self._timer.daemon = True
        self.is_over = False

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        with self._lock:
            for watched in self._sockets:
                watched.close()
            self._sockets.clear()

    @property
    def remaining_s(self) -> float:
        """Return how much time is left, never nothing: a socket takes 0 for "do not wait"."""
        return max(self._ends_s - time.monotonic(), 0.001)

    def watch(self, connected: socket.socket) -> None:
        """Cut this connection, too, when the time is over."""
        # TLS takes the handle away from the socket, so the connection is held by one of its own.
        handle = connected.dup()
        with self._lock:
            self._sockets.append(handle)
            if self.is_over:
                _shut(handle)

    def _cut(self) -> None:
        with self._lock:
            self.is_over = True
            for watched in self._sockets:
                _shut(watched)


def _shut(handle: socket.socket) -> None:
    with suppress(OSError):  # the other side may have closed it
        handle.shutdown(socket.SHUT_RDWR)


def connect(
    address: WebAddress, pinned: str, deadline: Deadline, tls: ssl.SSLContext | None = None
) -> HTTPConnection:
    """Return a connection to `pinned` for what is at `address`, not opened yet; `tls` None: the system's."""
    if address.scheme == "https":
        return _PinnedTlsConnection(address, pinned, deadline, tls)
    return _PinnedConnection(address, pinned, deadline)


class _PinnedConnection(HTTPConnection):
    def __init__(self, address: WebAddress, pinned: str, deadline: Deadline) -> None:
        super().__init__(address.host, address.port, timeout=deadline.remaining_s)
        self._pinned = pinned
        self._deadline = deadline

    def _new_conn(self) -> socket.socket:
        return _opened(self._pinned, self.port, self._deadline)


class _PinnedTlsConnection(HTTPSConnection):
    def __init__(
        self, address: WebAddress, pinned: str, deadline: Deadline, tls: ssl.SSLContext | None
    ) -> None:
        super().__init__(
            address.host,
            address.port,
            timeout=deadline.remaining_s,
            ssl_context=tls or ssl.create_default_context(),
        )
        self._pinned = pinned
        self._deadline = deadline

    def _new_conn(self) -> socket.socket:
        return _opened(self._pinned, self.port, self._deadline)


def _opened(pinned: str, port: int, deadline: Deadline) -> socket.socket:
    connected = socket.create_connection((pinned, port), deadline.remaining_s)
    deadline.watch(connected)
    connected.settimeout(deadline.remaining_s)
    return connected
