"""Finds the one address that is connected to, and says whether it may be.

On the public internet is, of IPv4, what the IANA registries of special-purpose addresses (RFC 6890) leave; of
IPv6 only what is global unicast (2000::/3) and not set aside in it. All forms that carry an IPv4 address in
an IPv6 one are refused, whatever it is: mapped (::ffff:0:0/96), NAT64 (64:ff9b::/96, 64:ff9b:1::/48), 6to4
(2002::/16), Teredo (2001::/32).
"""

import socket
import threading
from collections.abc import Callable, Collection, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

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
