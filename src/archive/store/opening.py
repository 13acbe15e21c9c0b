"""Open the stores that the settings name. The only module that names one."""

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from archive.errors import SettingsError, StorageAway
from archive.settings.store import StoreSettings
from archive.store.folder_store import FolderStore
from archive.store.store import Store

if TYPE_CHECKING:
    from archive.store.s3_bucket import Bucket


logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Stores:
    """Where an archive keeps bytes; `bucket` is None where that is the data folder."""

    originals: Store
    pictures: Store
    bucket: "Bucket | None" = None


def open_stores(settings: StoreSettings, data: Path) -> Stores:
    """Open the stores of the archive in the folder `data`.

    Raises:
        SettingsError: There is no such bucket, or a file that the settings name cannot be read.
        StorageError: The disk refuses, or the service refuses the key.
    """
    if not settings.url:
        return Stores(FolderStore(data / "originals"), FolderStore(data / "pictures"))
    bucket = open_bucket(settings)
    # Imported where it is used: an archive on one machine has not even read it.
    from archive.store.local_copies import LocalCopies
    from archive.store.s3_store import S3Store

    copies = LocalCopies(data / "copies", settings.copies_max_bytes)
    return Stores(S3Store(bucket, "originals", copies), S3Store(bucket, "pictures", copies), bucket)


def open_bucket(settings: StoreSettings) -> "Bucket":
    """Open the bucket of the settings and ask whether it may be listed.

    A service that is away is told in the log and no reason not to open: searches need none of it.
    Raises as `open_stores`.
    """
    try:
        from archive.store.s3_bucket import Bucket
    except ModuleNotFoundError:
        raise SettingsError(
            "store.url", "storage that speaks S3 needs more packages: pip install 'archive[cluster]'"
        ) from None
    bucket = Bucket(settings)
    try:
        bucket.check()
    except StorageAway as error:
        logger.warning("%s", error.message)
    return bucket
