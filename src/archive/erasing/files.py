"""Originals that hold a person's words where no reader looks."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass

from archive.app import Archive
from archive.catalogue import statistics
from archive.erasing.names import Names
from archive.errors import ArchiveError
from archive.ingest.reading.searched_bytes import around


@dataclass(frozen=True, slots=True)
class Searched:
    """SHA-256 of originals that hold the words, and of those that could not be searched to their ends."""

    holding: frozenset[str]
    unsearched: tuple[str, ...]


def search_files(archive: Archive, names: Names, told: Callable[[str, int], None]) -> Searched:
    """Search every byte of every original, unpacked, for a person's words."""
    words = names.last_words
    with archive.database.read() as session:
        digests = tuple(statistics.original_digests(session))
    holding, unsearched = set(), []
    for count, digest in enumerate(digests, 1):
        try:
            path = archive.originals.path(digest)
            with closing(around(path, words, archive.settings)) as texts:
                if any(names.hold(text) for text in texts):
                    holding.add(digest)
        except ArchiveError:
            unsearched.append(digest)
        told("searched", count)
    return Searched(frozenset(holding), tuple(unsearched))
