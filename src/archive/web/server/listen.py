"""Opening the server on an address and port, taking its connections, and running it until it is told to stop.

No visitor is turned away because others keep their connections open, and what was asked before the stop is
answered.
"""

import logging
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher

from archive.errors import InputError
from archive.web.http.large_bodies import large_bodies_of
from archive.web.http.proxy import is_proxy_of
from archive.web.http.security import transport_headers
from archive.web.http.streaming import streams_max_of
from archive.web.server.bounds import Bounds, bounds_of
from archive.web.server.channel import Channel

if TYPE_CHECKING:
    from flask import Flask

    from archive.settings.sections import WebSettings


# A thread of the application never waits until a client has read what it made: the others would lose it.
# What is made is bounded (a page), and files are sent from the disk.
_NEVER_BYTES = 2**62
# Read at once of a connection: more than Waitress does by itself, for files that are sent in.
_READ_BYTES = 64 * 1024

_POLL_STOPPING_S = 0.05


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


class Server:
    """Some acceptors, their connections, and the threads of the application.

    `port` is where it listens; `is_running` tells whether `run` goes on.
    """

    def __init__(
        self,
        acceptors: Sequence[Acceptor],
        dispatcher: ThreadedTaskDispatcher,
        sockets: dict[int, Any],
        look_every_s: float,
        stop_time_s: float,
    ) -> None:
        self._acceptors = acceptors
        self._dispatcher = dispatcher
        self._sockets = sockets
        self._look_every_s = look_every_s
        self._stop_time_s = stop_time_s
        self._is_stopping = self.is_running = False
        self.port = int(acceptors[0].effective_port)

    def run(self) -> None:
        """Answer requests until `stop`; then take no more, and end when all is sent or the time is up."""
        self.is_running = True
        try:
            while not self._is_stopping:
                wasyncore.loop(self._look_every_s, use_poll=True, map=self._sockets, count=1)
            self._finish()
        finally:
            self.is_running = False

    def connections(self) -> int:
        """Return how many connections are open."""
        return len(self._acceptors[0].active_channels)

    def stop(self) -> None:
        """Ask `run` to end, from any thread or a signal's handler."""
        self._is_stopping = True
        self._acceptors[0].pull_trigger()

    def close(self) -> None:
        """Close every connection and end the threads that have nothing to do."""
        self._dispatcher.set_thread_count(0)
        for channel in list(self._acceptors[0].active_channels.values()):
            channel.end()
        for acceptor in self._acceptors:
            acceptor.has_ended = True
        wasyncore.close_all(self._sockets, ignore_all=True)

    def _finish(self) -> None:
        for acceptor in self._acceptors:
            wasyncore.dispatcher.close(acceptor)  # the acceptor's own `close` would end the trigger, too
        until_s = time.monotonic() + self._stop_time_s
        channels = self._acceptors[0].active_channels
        while channels and time.monotonic() < until_s:
            for channel in list(channels.values()):
                if channel.is_at_rest():
                    channel.cut()
            wasyncore.loop(_POLL_STOPPING_S, use_poll=True, map=self._sockets, count=1)


def listen(app: "Flask", web: "WebSettings", host: str, port: int, stop_time_s: float = 0.0) -> Server:
    """Open a server for an app on an address and port; its `run()` answers requests until it is stopped.

    Args:
        app: the application.
        web: settings: threads, bounds of requests and connections, trusted proxies.
        host: an address or a name of this machine.
        port: 0 to 65535; 0 takes a free one.
        stop_time_s: how long requests may go on after `stop`.

    Returns:
        The server, which accepts connections already.

    Raises:
        InputError: the port is taken, or the host is not an address of this machine.
    """
    # Waitress warns for each request that waits for a thread, about which nobody can do anything.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    try:
        return _open(app, web, _adjustments(web, host, port), stop_time_s)
    except OSError as error:
        raise InputError(
            f"Port {port} on {host} cannot be used (another program may have it). Choose one with --port."
        ) from error
    except ValueError as error:
        raise InputError(f"{host} is not an address of this machine. Choose one with --host.") from error


def _adjustments(web: "WebSettings", host: str, port: int) -> Adjustments:
    return Adjustments(
        recv_bytes=_READ_BYTES,
        host=host,
        port=port,
        threads=web.threads,
        ident="archive",
        max_request_header_size=web.header_max_bytes,
        max_request_body_size=web.body_max_bytes,
        outbuf_high_watermark=_NEVER_BYTES,
        connection_limit=_NEVER_BYTES,  # `acceptor.make_room` keeps a lower one without turning anybody away
        log_socket_errors=False,
        clear_untrusted_proxy_headers=not web.trusted_proxies,  # `http/proxy` looks at them then
        asyncore_use_poll=True,  # select() ends at the 1024th open file of the process
    )


def _open(app: "Flask", web: "WebSettings", adjustments: Adjustments, stop_time_s: float) -> Server:
    """Open a socket for each address of the host: a name may have one of IPv4 and one of IPv6."""
    bounds, headers = bounds_of(web, is_proxy_of(web)), transport_headers(web)
    adjustments.cleanup_interval = bounds.look_every_s
    adjustments.large_bodies = large_bodies_of(app)
    sockets: dict[int, Any] = {}
    channels: dict[int, Any] = {}
    dispatcher = ThreadedTaskDispatcher()
    acceptors: list[Acceptor] = []
    try:
        for address in adjustments.listen:
            acceptor = Acceptor(app, sockets, False, None, dispatcher, adjustments, address)
            acceptor.active_channels, acceptor.bounds, acceptor.more_headers = channels, bounds, headers
            acceptors.append(acceptor)
            acceptor.accept_connections()
    except OSError:
        for acceptor in acceptors:
            acceptor.close()
        raise
    dispatcher.set_thread_count(web.threads + streams_max_of(app))
    return Server(acceptors, dispatcher, sockets, bounds.look_every_s, stop_time_s)


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
