"""Whether an index may be given up: not where the catalogue seems to have lost what the store still has.

An index can always be made again from the catalogue, unless that was emptied or exchanged by mistake. Then
the index is the last thing that still knows the documents, and staff are asked before it goes.
"""

from collections.abc import Callable
from dataclasses import dataclass

from archive.catalogue import statistics
from archive.catalogue.database.database import Database
from archive.disk.durable_files import has_content
from archive.errors import CatalogueError
from archive.settings.settings import Settings
from archive.store.store import Store

Guard = Callable[[bool], None]
"""Called before an index is given up, with whether the catalogue contradicts it; raises CatalogueError."""


@dataclass(frozen=True, slots=True)
class Holdings:
    """What the store holds and the catalogue knows of it."""

    database: Database
    originals: Store

    def unknown(self) -> tuple[str, ...]:
        """Return the originals in the store that the catalogue has no document of, in order.

        A killed ingest leaves some, too; the files are taken in when they are ingested again.
        """
        return self._unknown(tuple(self.originals.digests()))

    def _unknown(self, held: tuple[str, ...]) -> tuple[str, ...]:
        """Return those of the digests held that the catalogue lacks; it is read after the store."""
        with self.database.read() as session:
            known = set(statistics.original_digests(session))
        return tuple(digest for digest in held if digest not in known)

    def guard(self, is_contradicted: bool) -> None:
        """Refuse to let the index go where the catalogue knows less than the store.

        Args:
            is_contradicted: Whether the index is of another catalogue or ahead of this one. Where it is only
                damaged or old, a few files that a killed ingest left are no reason to ask.

        Raises:
            CatalogueError: That says how many originals have no document, and what to do.
        """
        held = tuple(self.originals.digests())
        unknown, total = len(self._unknown(held)), len(held)
        if unknown and (is_contradicted or unknown == total):
            raise CatalogueError(
                f"The catalogue has no document of {unknown} of the {total} originals in the archive's "
                "folder, as if it had been emptied or exchanged. "
                "The search index is kept until that is cleared up. "
                "Restore the catalogue from a backup. "
                "If this catalogue is the right one, run `archive rebuild --trust-catalogue`."
            )


def refuse_to_begin_anew(originals: Store) -> None:
    """Refuse to make a new catalogue beside originals. Raises CatalogueError."""
    total = sum(1 for _ in originals.digests())
    if total:
        raise CatalogueError(
            f"There is no catalogue, though the archive's folder has {total} originals. "
            "Restore the catalogue from a backup. "
            "To begin with an empty one, run `archive rebuild --trust-catalogue` and ingest the files again."
        )


def refuse_lost_catalogue(settings: Settings, originals: Store, trust_catalogue: bool) -> None:
    """Raise CatalogueError where the catalogue's file is gone and originals are there."""
    if not (settings.database_url or trust_catalogue or has_content(settings.data / "catalogue.db")):
        refuse_to_begin_anew(originals)
