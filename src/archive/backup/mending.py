"""Bringing back an object that the archive has lost, or not whole, from a place of backups."""

import secrets
from contextlib import suppress

from archive.app import Archive
from archive.backup.place import BackupPlace, object_key
from archive.catalogue import audit
from archive.catalogue.operation import fixity
from archive.errors import NotFound
from archive.store.store import Store
from archive.store.writing import write_new


def bring_back(archive: Archive, store: Store, digest: str, place: BackupPlace) -> bool:
    """Put an object back from a place that has it whole; return whether that was so.

    Raises StorageError where the place or the archive's disk cannot be read or written.
    """
    copy = archive.temporary / f"mending-{secrets.token_hex(16)}"
    try:
        sha256, size_bytes = write_new(copy, place.chunks(object_key(digest)))
        if sha256 != digest:
            return False
        store.put_file(copy, size_bytes)
    except NotFound:
        return False
    finally:
        with suppress(OSError):
            copy.unlink(missing_ok=True)
    with archive.database.write() as session:
        audit.record(session, fixity.ACTOR, fixity.MENDED, digest, "mended", place.name)
    return True
