"""What keeps the archive refuses: disk, storage service, catalogue, a copy or a backup."""

from collections.abc import Sequence

from archive.errors.base import ArchiveError


class Busy(ArchiveError):
    """Another process keeps what is needed locked; the same call may work later."""

    code = "busy"
    status = 503


class StorageError(ArchiveError):
    """The disk is full, read-only or failing; nothing was acknowledged."""

    code = "storage"
    status = 507


class StorageAway(StorageError):
    """The storage service that keeps the bytes does not answer."""

    code = "storage_away"
    status = 503


class StorageRefused(StorageError):
    """The storage service does not let the archive in, or not write."""

    code = "storage_refused"
    status = 500


class OriginalDamaged(StorageError):
    """An original no longer has the bytes it was stored with."""

    code = "original_damaged"
    status = 500

    @classmethod
    def of(cls, sha256: str) -> "OriginalDamaged":
        """Return the error for an object of the store."""
        return cls(
            f"Object {sha256[:12]} no longer has the bytes it was stored with. "
            "Ingest the file again or restore it from a backup."
        )


class CatalogueError(ArchiveError):
    """The catalogue cannot be opened, or was made by a newer version."""

    code = "catalogue"


class CatalogueUnavailable(CatalogueError):
    """The database server that the catalogue is on does not answer; it is asked again."""

    code = "catalogue_unavailable"
    status = 503


class CopyRefused(ArchiveError):
    """An archive cannot be copied to a place: something of its own is there, or another copy."""

    code = "copy_refused"
    status = 409


class BackupRefused(ArchiveError):
    """A backup cannot be made there or restored from there: another's, a newer version's, or no room."""

    code = "backup_refused"
    status = 409


class BackupDamaged(ArchiveError):
    """A backup does not have (all of) the bytes that were put into it: `objects` are the damaged ones."""

    code = "backup_damaged"

    def __init__(self, message: str, objects: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.objects = tuple(objects)
