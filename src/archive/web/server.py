"""The HTTP server: Waitress, on one address and port."""

import logging
from typing import TYPE_CHECKING

import waitress

from archive.errors import InputError

if TYPE_CHECKING:
    from flask import Flask
    from waitress.server import BaseWSGIServer, MultiSocketServer

    from archive.settings_sections import WebSettings


def listen(
    app: "Flask", web: "WebSettings", host: str, port: int
) -> tuple["BaseWSGIServer | MultiSocketServer", int]:
    """Open a server for an app on an address and port; its `run()` answers requests until it is closed.

    Args:
        app: the application.
        web: settings: how many threads answer at once, and how large a request's body may be.
        host: an address or a name of this machine.
        port: 0 to 65535; 0 takes a free one.

    Returns:
        The server, which accepts connections already, and its port.

    Raises:
        InputError: the port is taken, or the host is not an address of this machine.
    """
    # Waitress warns for each request that waits for a thread, about which nobody can do anything.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    try:
        server = waitress.create_server(
            app,
            host=host,
            port=port,
            threads=web.threads,
            ident="archive",
            max_request_body_size=web.body_max_bytes,
            clear_untrusted_proxy_headers=not web.trusted_proxies,  # `http/proxy` looks at them then
            asyncore_use_poll=True,  # select() ends at the 1024th open file of the process
        )
    except OSError as error:
        raise InputError(
            f"Port {port} on {host} cannot be used (another program may have it). Choose one with --port."
        ) from error
    except ValueError as error:
        raise InputError(f"{host} is not an address of this machine. Choose one with --host.") from error
    # A name with an IPv4 and an IPv6 address gives a server of several sockets.
    listening = getattr(server, "effective_listen", None)
    return server, listening[0][1] if listening else server.effective_port
