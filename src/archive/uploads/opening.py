"""Open what keeps uploads on their way."""

from pathlib import Path
from typing import TYPE_CHECKING

from archive.uploads.local_store import LocalUploadStore
from archive.uploads.upload_store import UploadStore

if TYPE_CHECKING:
    from archive.store.s3_bucket import Bucket


def open_upload_store(bucket: "Bucket | None", data: Path) -> UploadStore:
    """Return where files are received: beside the originals, so that each machine can go on with them.

    Args:
        bucket: where originals are; None where that is the folder `data`.
        data: the archive's folder.
    """
    if bucket is None:
        return LocalUploadStore(data / "uploads")
    from archive.uploads.bucket_store import BucketUploadStore

    return BucketUploadStore(bucket, data / "tmp")
