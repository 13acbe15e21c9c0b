"""Finds the one address that is connected to, and says whether it may be."""

import socket
import threading
from collections.abc import Callable, Collection, Sequence

from archive.errors import AddressRefused, DeadLink, FetchTooSlow
from archive.imports.fetching.address import INTERNAL, PORT_REFUSED, WebAddress
from archive.imports.fetching.networks import is_public, may_be_internal, parse_ip

Resolver = Callable[[str, int], Sequence[str]]
"""Gives the addresses of a host, in the order they should be tried. Raises OSError."""

NO_SUCH_HOST = "There is no site of that name. Check the address."
TOO_SLOW = "The site did not answer in time. Try again later, or save the page and give the file."


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
