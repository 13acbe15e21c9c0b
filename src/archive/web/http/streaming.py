"""Answers that are made while they are sent: at the pace of the client, not at the cost of other answers.

They ask the connection for its pace, and whether anybody is there. Downloads are told how many others wait
for an answer, so that they step aside.
"""

from typing import Final, Protocol

from flask import Flask, g, request

from archive.web.http.context import current_archive

_EXTENSION: Final = "archive.streams_max"
ENVIRONMENT_KEY: Final = "archive.connection"
"""Where in a request's environment the server puts its connection."""

NOT_COUNTED: Final = frozenset({"static", "downloads.hits"})
"""What nobody steps aside for: files from the disk, and downloads themselves."""


def install(app: Flask, streams_max: int) -> None:
    """Say how many answers at once may be made while they are sent."""
    app.extensions[_EXTENSION] = streams_max


def count_traffic(app: Flask) -> None:
    """Count each request from its beginning to the end of its view."""
    app.before_request(_begin)
    app.teardown_request(_end)


def streams_max_of(app: object) -> int:
    """Return how many there may be, for which the server has threads beside those of all other answers."""
    found: int = getattr(app, "extensions", {}).get(_EXTENSION, 0)
    return found


class Connection(Protocol):
    """The connection that a request came by."""

    def keep_pace(self) -> None:
        """Let whoever makes this answer wait for the client, instead of keeping what it has not yet taken."""
        ...

    def has_left(self) -> bool:
        """Return whether the client has gone away."""
        ...


class _Unknown:
    """Another server, or none: it keeps what is not yet taken, and tells by itself who has left."""

    def keep_pace(self) -> None:
        pass

    def has_left(self) -> bool:
        return False


def current_connection() -> Connection:
    """Return the connection of the request that is answered."""
    known: Connection | None = request.environ.get(ENVIRONMENT_KEY)
    return known or _Unknown()


def _begin() -> None:
    if request.endpoint not in NOT_COUNTED:
        current_archive().downloads.turns.traffic.begin()
        g.is_traffic = True


def _end(error: BaseException | None) -> None:
    del error
    if g.pop("is_traffic", False):
        current_archive().downloads.turns.traffic.end()
