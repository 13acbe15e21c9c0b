"""Open the place that a command names: a folder, or s3://bucket/prefix with the archive's own key."""

import os
import re
from pathlib import Path
from typing import Final

from archive.backup.folder_place import FolderPlace
from archive.backup.place import MARK, BackupPlace
from archive.disk import own_folders
from archive.errors import BackupRefused, InputError, SettingsError
from archive.settings.settings import Settings

S3 = "s3://"
_ADDRESS: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:/")


def open_target(target: str, settings: Settings) -> BackupPlace:
    """Return the place that backups are to be written to; see `open_place`.

    Raises InputError for a folder in the archive's own, or around it: they would be lost together.
    """
    place = open_place(target, settings)
    if not target.startswith(S3):
        folder, data = Path(target).resolve(), settings.data.resolve()
        if folder.is_relative_to(data) or data.is_relative_to(folder):
            raise InputError(
                f"{target} and the archive's folder {settings.data} are one in the other, and would be lost "
                "together. Name a folder elsewhere, best on another disk."
            )
    return place


def refuse_inside(into: Path) -> None:
    """See that a new archive is not to be inside another one, or inside a place of backups.

    Raises BackupRefused; InputError for a name that is no UTF-8, which a catalogue cannot be opened by.
    """
    try:
        os.fsencode(into).decode()
    except UnicodeDecodeError:
        raise InputError("The new folder's name is not valid UTF-8. Name another.") from None
    for folder in into.absolute().resolve().parents:
        if own_folders.is_own(folder, "data") or (folder / MARK).is_file():
            raise BackupRefused(
                f"{into} is inside {folder}, which is an archive or a place of backups. "
                "Name a folder elsewhere."
            )


def open_place(target: str, settings: Settings) -> BackupPlace:
    """Return the place of a target.

    Args:
        target: a path, or an s3:// address; that is reached as the settings' `store` says.
        settings: of the archive that is backed up.

    Raises:
        InputError: it is empty, or an address of another kind.
        SettingsError: the address is none, or there is no such bucket.
        StorageError: the service refuses the key.
    """
    if not target.startswith(S3):
        if not target.strip() or _ADDRESS.match(target):
            raise InputError(f"“{target}” is no place of backups. Name a folder, or s3://bucket/prefix.")
        return FolderPlace(Path(target))
    from pydantic import ValidationError

    from archive.backup.bucket_place import BucketPlace
    from archive.settings.store import StoreSettings
    from archive.store.opening import open_bucket

    try:
        store = StoreSettings.model_validate(dict(settings.store) | {"url": target})
    except ValidationError:
        raise SettingsError(
            "store.url", 'expected a bucket and what keys begin with, such as "s3://bucket/arkivet"'
        ) from None
    return BucketPlace(open_bucket(store), target)
