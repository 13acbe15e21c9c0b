"""Files that were sent and are not taken in yet: held for a backup while nobody can take them in."""

import shutil
from pathlib import Path

from archive.app import Archive
from archive.catalogue.uploads import uploads
from archive.errors import NotFound
from archive.model.uploads import UploadState


def held_uploads(archive: Archive, folder: Path) -> dict[str, Path]:
    """Return files with what has come of each upload so far, by its identifier.

    They are links into the folder of uploads, which take no time; where uploads are kept in a bucket, they
    are copies. Call it while nobody writes to the catalogue: bytes are removed only after it says that they
    were taken in.
    What is sent meanwhile may be in the file, too.
    """
    with archive.database.read() as session:
        waiting = uploads.in_states(session, UploadState.RECEIVING, UploadState.RECEIVED)
    held = {}
    for upload in waiting:
        link = folder / upload.id
        link.unlink(missing_ok=True)
        try:
            path = archive.receiving.store.path(upload.id)
            try:
                link.hardlink_to(path)
            except FileNotFoundError:
                continue
            except OSError:
                shutil.copyfile(path, link)
        except (NotFound, FileNotFoundError):  # nothing of it has come yet
            continue
        held[upload.id] = link
    return held
