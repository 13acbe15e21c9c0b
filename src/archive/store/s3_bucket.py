"""A bucket of storage that speaks S3, through obstore: the only module that names its client.

Other programs' and services' words never reach a reader: each failure becomes an error of ours that says
which setting to look at, or that the storage is away.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import obstore
from obstore import exceptions
from obstore.store import S3Store

from archive.errors import ArchiveError, NotFound, SettingsError, StorageAway, StorageRefused
from archive.settings.secret_files import read_file, read_secret
from archive.settings.store import StoreSettings

if TYPE_CHECKING:  # these names are there for types alone
    from obstore.store import ClientConfig, S3Config

_CHUNK_BYTES = 1024 * 1024
_RETRIES = 3
# What services answer beside the status: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
_NO_BUCKET = re.compile(r"NoSuchBucket")
_REFUSED = re.compile(r"non-2xx status code: 4\d\d")


@dataclass(frozen=True, slots=True)
class StoredKey:
    """A key of the bucket, without the prefix of the archive, and what is known of its object."""

    key: str
    size_bytes: int
    changed_at: datetime


class Bucket:
    """What the archive keeps in a bucket, below its prefix. Safe for several threads at once.

    Each method raises StorageAway where nobody answers in time, StorageRefused where the service refuses, and
    SettingsError where the bucket or the key to it is wrong.
    """

    def __init__(self, settings: StoreSettings) -> None:
        """Name the bucket, of which nothing is asked yet. Raises SettingsError for an unreadable file."""
        limit = timedelta(seconds=settings.time_s)
        client: ClientConfig = {
            "allow_http": settings.endpoint.startswith("http://"),
            "connect_timeout": min(limit, timedelta(seconds=5)),
            "read_timeout": limit,
        }
        if settings.ca_file is not None:
            client["root_certificate"] = read_file("store.ca_file", settings.ca_file)
        with _told():
            self._store = S3Store(
                settings.bucket,
                prefix=settings.prefix or None,
                config=_config(settings),
                client_options=client,
                retry_config={"max_retries": _RETRIES, "retry_timeout": limit},
            )

    def check(self) -> None:
        """Ask whether the bucket is there and may be listed."""
        with _told():
            for _ in obstore.list(self._store, chunk_size=1):
                return

    def size_bytes(self, key: str) -> int:
        """Return how large an object is. Raises NotFound."""
        with _told():
            return obstore.head(self._store, key)["size"]

    def put(self, key: str, source: Path | bytes, only_new: bool = False) -> bool:
        """Write an object; return once the service has it. With `only_new` return False where one is there.

        The service gets the SHA-256 of what is sent and compares it.
        """
        try:
            with _told():
                obstore.put(self._store, key, source, mode="create" if only_new else "overwrite")
        except FileExistsError:
            return False
        return True

    def chunks(self, key: str) -> Iterator[bytes]:
        """Yield the bytes of an object. Raises NotFound."""
        with _told():
            for chunk in obstore.get(self._store, key).stream(min_chunk_size=_CHUNK_BYTES):
                yield bytes(chunk)

    def keys(self, prefix: str) -> Iterator[StoredKey]:
        """Yield what is below a prefix that ends at a stroke, in the order of the keys."""
        with _told():
            for metas in obstore.list(self._store, prefix=prefix.rstrip("/")):
                for meta in metas:
                    yield StoredKey(meta["path"], meta["size"], meta["last_modified"])

    def folders(self, prefix: str) -> tuple[str, ...]:
        """Return the names directly below a prefix that have keys of their own, in order."""
        with _told():
            listed = obstore.list_with_delimiter(self._store, prefix=prefix.rstrip("/"))
        return tuple(sorted(path.rstrip("/").rpartition("/")[2] for path in listed["common_prefixes"]))

    def delete(self, key: str) -> None:
        """Delete an object; one that is gone already is no failure."""
        with _told():
            try:
                obstore.delete(self._store, key)
            except FileNotFoundError:
                return


def _config(settings: StoreSettings) -> "S3Config":
    config: S3Config = {
        "region": settings.region,
        "checksum_algorithm": "SHA256",
        "virtual_hosted_style_request": settings.bucket_in_host,
    }
    if settings.endpoint:
        config["endpoint"] = settings.endpoint
    if settings.access_key_id:
        config["access_key_id"] = settings.access_key_id
        config["secret_access_key"] = _secret(settings)
    if settings.encryption:
        config["server_side_encryption"] = settings.encryption
    if settings.kms_key_id:
        config["sse_kms_key_id"] = settings.kms_key_id
    return config


def _secret(settings: StoreSettings) -> str:
    if settings.secret_access_key_file is None:
        return settings.secret_access_key.get_secret_value()
    return read_secret("store.secret_access_key_file", settings.secret_access_key_file)


@contextmanager
def _told() -> Iterator[None]:
    """Raise what the client raises as an error of ours; FileExistsError as it is."""
    try:
        yield
    except FileNotFoundError as error:
        raise NotFound("There is no such object in the store.") from error
    except exceptions.AlreadyExistsError as error:
        raise FileExistsError from error
    except exceptions.BaseError as error:
        raise _translated(error) from error


def _translated(error: exceptions.BaseError) -> ArchiveError:
    """Return the error of ours; the client names most failures of S3 by their words alone."""
    words = str(error)
    if _NO_BUCKET.search(words):
        return SettingsError("store.url", "there is no such bucket at the storage service")
    refused = (exceptions.UnauthenticatedError, exceptions.PermissionDeniedError)
    if isinstance(error, refused) or _REFUSED.search(words):
        return StorageRefused(
            "The storage service refuses the archive. Check store.access_key_id and its secret, "
            "store.region, and that the key may list, read, write and delete in the bucket of store.url."
        )
    return StorageAway(
        "The storage service does not answer. Check that it runs, store.endpoint and store.ca_file; "
        "nothing is lost, and what waits goes on by itself."
    )
