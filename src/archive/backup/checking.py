"""Restoring a backup for a trial: the only proof that it can be restored."""

from datetime import UTC, datetime

from archive.app import Archive
from archive.backup.place import BackupPlace
from archive.backup.reading import check_mark
from archive.backup.restoring import Restored, Told, restore
from archive.catalogue.operation import backups
from archive.disk import own_folders
from archive.errors import BackupDamaged


def check(archive: Archive, place: BackupPlace, told: Told) -> Restored:
    """Restore the newest backup of an archive into a folder that goes away again; note where that passed.

    Objects that are damaged in the place are noted, too: the next backup writes them anew.

    Raises as `restore`.
    """
    with archive.database.write() as session:
        identity = backups.identity(session)
    check_mark(place, identity)
    with own_folders.working(archive.temporary, "check-") as folder:
        try:
            restored = restore(place, folder / "archive", told)
        except BackupDamaged as error:
            with archive.database.write() as session:
                backups.note_damaged(session, place.name, error.objects)
            if not error.objects:
                raise
            raise BackupDamaged(
                f"{len(error.objects)} objects in {place.name} are damaged or gone. The next backup there "
                "writes them anew from the archive; make one now, and check again.",
                error.objects,
            ) from error
    if restored.is_whole:
        with archive.database.write() as session:
            noted = backups.Noted(datetime.now(UTC), place.name, restored.name)
            backups.note(session, "backup_checked", noted)
            backups.note_damaged(session, place.name, ())
    return restored
