"""A listening socket that never turns a visitor away because others keep their connections open."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from waitress.server import TcpWSGIServer

from archive.web.server.bounds import Bounds
from archive.web.server.channel import Channel


class Acceptor(TcpWSGIServer):  # type: ignore[misc] # Waitress has no types
    """Takes connections, and closes those that keep us waiting when they are too many or take too long.

    `channels` are the connections of all acceptors of the server, `more_headers` go with its own answers.
    """

    channel_class = Channel
    bounds: Bounds
    more_headers: dict[str, str]
    has_ended = False
    """Whether the thread that moves bytes is gone: an answer that is made meanwhile goes nowhere."""

    def pull_trigger(self) -> None:
        """Wake the thread that moves bytes (in a thread of the application), where it is still there."""
        try:
            super().pull_trigger()
        except OSError:
            if not self.has_ended:
                raise

    def handle_accept(self) -> None:
        """Take a connection, and make room where there are too many."""
        super().handle_accept()
        make_room(self.active_channels.values(), self.bounds)

    def maintenance(self, now: float) -> None:
        """Close the connections whose time is up; called once a second."""
        del now
        for channel in list(self.active_channels.values()):
            if not channel.is_cut and channel.is_overdue(self.bounds):
                channel.cut()


def make_room(channels: Iterable[Channel], bounds: Bounds) -> None:
    """Close connections until no address, and the server, has more than it may.

    The one that goes is that which has kept us waiting for longest, of the address that has most. A visitor
    next to somebody with hundreds of slow connections keeps theirs: they ask, and read the answer.
    """
    kept = [channel for channel in channels if not channel.is_cut]
    counts = Counter(_address(channel) for channel in kept)
    while counts:
        address, count = _most(counts, bounds)
        is_too_many = count > bounds.connections_per_address_max and not bounds.is_proxy(address)
        if not is_too_many and len(kept) <= bounds.connections_max:
            return
        of_address = [channel for channel in kept if _address(channel) == address]
        waiting = [(since, n) for n, one in enumerate(of_address) if (since := one.waits_since()) is not None]
        if not waiting:
            del counts[address]  # all of them wait for us
            continue
        gone = of_address[min(waiting)[1]]
        kept.remove(gone)
        counts[address] -= 1
        gone.cut()


def _most(counts: "Counter[str]", bounds: Bounds) -> tuple[str, int]:
    """Return the address with most connections; a proxy's are those of many, and last in turn."""
    return max(counts.items(), key=lambda item: (not bounds.is_proxy(item[0]), item[1]))


def _address(channel: Any) -> str:
    return str(channel.addr[0])
