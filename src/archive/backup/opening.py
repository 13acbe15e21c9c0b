"""Open the place that a command names: a folder, or s3://bucket/prefix with the archive's own key."""

from pathlib import Path

from archive.backup.folder_place import FolderPlace
from archive.backup.place import BackupPlace
from archive.errors import SettingsError
from archive.settings.settings import Settings

S3 = "s3://"


def open_place(target: str, settings: Settings) -> BackupPlace:
    """Return the place of a target.

    Args:
        target: a path, or an s3:// address; that is reached as the settings' `store` says.
        settings: of the archive that is backed up.

    Raises:
        SettingsError: the address is none, or there is no such bucket.
        StorageError: the service refuses the key.
    """
    if not target.startswith(S3):
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
