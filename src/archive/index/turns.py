"""Whose turn it is to write the index."""

import socket
from typing import Final

from archive.catalogue.database.database import Database
from archive.catalogue.database.turns import Turn
from archive.settings import Settings

_EMBEDDED: Final = "whoosh"


def is_embedded(settings: Settings) -> bool:
    """Return whether the index is in the data folder, where locks on files order those who write it."""
    return settings.search.engine == _EMBEDDED


def index_turn(database: Database, settings: Settings) -> Turn:
    """Return this process's turn at writing the index.

    One that is embedded is of one folder on one machine, so that each machine may have its own.
    """
    place = f"{socket.gethostname()}:{settings.data / 'index'}" if is_embedded(settings) else "shared"
    return database.turn(f"index:{settings.search.engine}:{place}")
