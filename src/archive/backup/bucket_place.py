"""Backups in storage that speaks S3.

There is no renaming there: a snapshot counts once its last file, the sum of its manifest, is there. A key is
written whole or not at all.
"""

import json
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from archive.backup.place import MANIFEST_SUM, MARK, away, digest_of, foreign, object_key
from archive.disk.durable_files import sha256_of_file
from archive.errors import ArchiveError, Busy, NotFound, OriginalDamaged, StorageAway
from archive.store.s3_bucket import Bucket

_LOCK: Final = "lock"
_LOCK_AGE: Final = timedelta(hours=1)
"""A lock that is older was left by a run that was killed: others write theirs anew all the time."""
_RENEWED_S: Final = 300.0


class BucketPlace:
    """A place of backups below a prefix of a bucket; see `BackupPlace`."""

    def __init__(self, bucket: Bucket, name: str, renewed_s: float = _RENEWED_S) -> None:
        """Take the bucket with its prefix.

        Args:
            bucket: with the prefix of the place.
            name: the address that people know.
            renewed_s: how often a lock is written anew while it is held.
        """
        self._bucket = bucket
        self._renewed_s = renewed_s
        self._name = name.rstrip("/")

    @property
    def name(self) -> str:
        """Return the address."""
        return self._name

    @contextmanager
    def locked(self, shared: bool = False) -> Iterator[None]:
        """Keep others that write away; who only reads needs no lock here."""
        if shared:
            yield
            return
        if not self._bucket.put(_LOCK, _lock(), only_new=True):
            if self._lock_age() < _LOCK_AGE:
                raise Busy(
                    f"Another backup to {self._name} is going on. If it was killed, delete its key “lock”, "
                    "or wait for an hour."
                )
            self._bucket.put(_LOCK, _lock())
        ended = threading.Event()
        renewing = threading.Thread(target=self._renew_lock, args=(ended,), daemon=True)
        renewing.start()
        try:
            yield
        finally:
            ended.set()
            renewing.join()
            self._bucket.delete(_LOCK)

    def is_new(self) -> bool:
        """Return whether there is nothing below the prefix."""
        try:
            self._bucket.size_bytes(MARK)
        except NotFound:
            for found in self._bucket.keys(""):
                if found.key not in (_LOCK, MARK):
                    raise foreign(self._name) from None
            return True
        return False

    def keys(self, prefix: str) -> Iterator[str]:
        """Yield the keys below a prefix."""
        yield from (found.key for found in self._bucket.keys(prefix))

    def object_sizes(self) -> dict[str, int]:
        """Return how large each object is, by its SHA-256."""
        return {
            digest: found.size_bytes
            for found in self._bucket.keys("objects/")
            if (digest := digest_of(found.key))
        }

    def chunks(self, key: str) -> Iterator[bytes]:
        """Yield the bytes of a key."""
        yield from self._bucket.chunks(key)

    def put_object(self, sha256: str, path: Path) -> None:
        """Keep an object, hashed before it is sent; the service compares a sum of what arrives."""
        try:
            found = sha256_of_file(path)
        except FileNotFoundError:
            raise NotFound("The object was removed meanwhile.") from None
        if found != sha256:
            raise OriginalDamaged.of(sha256)
        self.put(object_key(sha256), path)

    def put(self, key: str, path: Path) -> None:
        """Write a key."""
        try:
            self._bucket.put(key, path)
        except StorageAway:
            raise away(self._name) from None

    def put_in_snapshot(self, snapshot: str, file: str, path: Path) -> None:
        """Write a file of a snapshot; its last one comes last."""
        self.put(f"snapshots/{snapshot}/{file}", path)

    def finish(self, snapshot: str) -> None:
        """See that the last file is there."""
        self._bucket.size_bytes(f"snapshots/{snapshot}/{MANIFEST_SUM}")

    def remove_snapshot(self, snapshot: str) -> None:
        """Remove a snapshot, the file by which it counts first."""
        self._bucket.delete(f"snapshots/{snapshot}/{MANIFEST_SUM}")
        for key in list(self.keys(f"snapshots/{snapshot}/")):
            self._bucket.delete(key)

    def remove_object(self, sha256: str) -> None:
        """Remove an object."""
        self._bucket.delete(object_key(sha256))

    def clear_unfinished(self) -> int:
        """Remove snapshots without their last file."""
        of_snapshot: dict[str, list[str]] = {}
        for key in self.keys("snapshots/"):
            of_snapshot.setdefault(key.split("/")[1], []).append(key)
        half = {
            name: keys for name, keys in of_snapshot.items() if f"snapshots/{name}/{MANIFEST_SUM}" not in keys
        }
        for keys in half.values():
            for key in keys:
                self._bucket.delete(key)
        return len(half)

    def _renew_lock(self, ended: threading.Event) -> None:
        """Write the lock anew until the run has ended; where the service is away, what it does says so."""
        while not ended.wait(self._renewed_s):
            with suppress(ArchiveError):
                self._bucket.put(_LOCK, _lock())

    def _lock_age(self) -> timedelta:
        for found in self._bucket.keys(""):
            if found.key == _LOCK:
                return datetime.now(UTC) - found.changed_at
        return _LOCK_AGE


def _lock() -> bytes:
    told = {"host": socket.gethostname(), "process": os.getpid(), "at": datetime.now(UTC).isoformat()}
    return json.dumps(told).encode()
