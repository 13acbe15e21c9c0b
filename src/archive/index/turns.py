"""Whose turn it is to write the index."""

import logging
import socket
from typing import Final

from archive.catalogue.database.database import Database
from archive.catalogue.database.turns import Turn
from archive.errors import SearchAway, SearchRefused
from archive.index.indexer import Indexer
from archive.settings.settings import Settings

logger = logging.getLogger(__name__)

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


def ensure_in_turn(indexer: Indexer, database: Database, settings: Settings, thorough: bool) -> None:
    """Make the index usable; where its server is away, go on without: documents are read and taken in.

    An index that all share is looked after by the process that writes it, where one does.
    """
    with index_turn(database, settings).closing() as turn:
        if not (is_embedded(settings) or turn.is_ours()):
            return
        try:
            indexer.ensure(thorough)
        except SearchRefused:
            raise  # somebody has to mend a setting
        except SearchAway as error:
            logger.warning("Searches do not work: %s", error.message)
