"""What becomes of the index when an archive is opened."""

import logging

from archive.errors import SearchAway, SearchRefused
from archive.index.indexer import Indexer

logger = logging.getLogger(__name__)


def make_usable(indexer: Indexer, thorough: bool) -> None:
    """Make the index usable; where its server is away, go on without: documents are read and taken in.

    Args:
        indexer: Makes it anew where that is needed.
        thorough: As for `Indexer.ensure`.

    Raises:
        ArchiveError: As `Indexer.ensure`; SearchRefused where a setting is to be mended first.
    """
    try:
        indexer.ensure(thorough)
    except SearchRefused:
        raise
    except SearchAway as error:
        logger.warning("Searches do not work: %s", error.message)
