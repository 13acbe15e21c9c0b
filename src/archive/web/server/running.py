"""A server that runs until it is told to stop, and answers then what it was asked before."""

import time
from collections.abc import Sequence
from typing import Any

from waitress import wasyncore
from waitress.task import ThreadedTaskDispatcher

from archive.web.server.acceptor import Acceptor

_POLL_STOPPING_S = 0.05


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
