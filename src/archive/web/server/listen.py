"""Opening the server: on one address and port, within the bounds of the settings."""

import logging
from typing import TYPE_CHECKING, Any

from waitress.adjustments import Adjustments
from waitress.task import ThreadedTaskDispatcher

from archive.errors import InputError
from archive.web.http.large_bodies import large_bodies_of
from archive.web.http.proxy import is_proxy_of
from archive.web.http.security import transport_headers
from archive.web.http.streaming.connection import streams_max_of
from archive.web.server.acceptor import Acceptor
from archive.web.server.bounds import bounds_of
from archive.web.server.running import Server

if TYPE_CHECKING:
    from flask import Flask

    from archive.settings.sections import WebSettings

# A thread of the application never waits until a client has read what it made: the others would lose it.
# What is made is bounded (a page), and files are sent from the disk.
_NEVER_BYTES = 2**62
# Read at once of a connection: more than Waitress does by itself, for files that are sent in.
_READ_BYTES = 64 * 1024


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
