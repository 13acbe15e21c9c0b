"""Answers that are made while they are sent: at the pace of the client, not at the cost of other answers.

They ask the connection for its pace, and whether anybody is there.
"""

from typing import Final, Protocol

from flask import Flask, request

_EXTENSION: Final = "archive.streams_max"
ENVIRONMENT_KEY: Final = "archive.connection"
"""Where in a request's environment the server puts its connection."""


def install(app: Flask, streams_max: int) -> None:
    """Say how many answers at once may be made while they are sent."""
    app.extensions[_EXTENSION] = streams_max


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
