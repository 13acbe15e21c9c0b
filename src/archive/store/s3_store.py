"""Objects in storage that speaks S3, under `kind/ab/abcdef…`; what is read is copied to this machine first.

An object's name is the SHA-256 of its bytes. It is hashed here before it is sent, by the service when it
arrives (`s3_bucket.py` sends the sum along), and here again when it is read.
"""

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256 as new_sha256
from pathlib import Path

from archive.errors import NotFound, OriginalDamaged
from archive.store.local_copies import LocalCopies
from archive.store.s3_bucket import Bucket
from archive.store.store import StoredObject
from archive.store.writing import chunks_of, write_new

_DIGEST = re.compile(r"[0-9a-f]{64}")


class S3Store:
    """Objects by SHA-256 in a bucket. Safe for several threads, processes and machines at once."""

    def __init__(self, bucket: Bucket, kind: str, copies: LocalCopies) -> None:
        """Keep objects of one kind ("originals", "pictures") in a bucket; nothing is asked of it yet."""
        self._bucket = bucket
        self._kind = kind
        self._copies = copies

    def put_file(self, path: Path, max_bytes: int) -> StoredObject:
        """Store a copy of the file at `path`; see `Store.put_file`."""
        return self._put(chunks_of(path, max_bytes))

    def put_bytes(self, data: bytes) -> StoredObject:
        """Store `data`; see `Store.put_bytes`."""
        return self._put([data])

    def path(self, sha256: str) -> Path:
        """Return the path of a copy with the object's bytes, checked. Raises NotFound, OriginalDamaged."""
        key = self._key(sha256)
        return self._copies.find(sha256) or self._copies.take(sha256, self._bucket.chunks(key))

    def size_bytes(self, sha256: str) -> int:
        """Return how large the object is. Raises NotFound."""
        return self._bucket.size_bytes(self._key(sha256))

    def verify(self, sha256: str) -> None:
        """Read the whole object where it is kept; see `Store.verify`."""
        if not self._is_whole(self._key(sha256), sha256):
            raise OriginalDamaged.of(sha256)

    def digests(self) -> Iterator[str]:
        """Yield the SHA-256 of every object, in order."""
        names = (found.key.rpartition("/")[2] for found in self._bucket.keys(f"{self._kind}/"))
        yield from (name for name in names if _DIGEST.fullmatch(name))

    def remove(self, sha256: str) -> None:
        """Delete an object that nothing refers to. Raises NotFound and StorageError."""
        key = self._key(sha256)
        self._bucket.size_bytes(key)  # deleting what is not there is no failure to S3
        self._bucket.delete(key)
        self._copies.discard(sha256)

    def clear_temporary(self, older_than_s: float) -> int:
        """Delete unfinished copies; what was half sent the service drops by itself."""
        return self._copies.clear(older_than_s)

    def _key(self, sha256: str) -> str:
        if not _DIGEST.fullmatch(sha256):
            raise NotFound("That is not the name of an object in the store.")
        return f"{self._kind}/{sha256[:2]}/{sha256}"

    def _put(self, chunks: Iterable[bytes]) -> StoredObject:
        with self._copies.new_file() as temporary:
            sha256, size_bytes = write_new(temporary, chunks)
            created = self._send(temporary, sha256, size_bytes)
            self._copies.settle(temporary, sha256, size_bytes)
        return StoredObject(sha256, size_bytes, created)

    def _send(self, path: Path, sha256: str, size_bytes: int) -> bool:
        """Send the finished file, unless the service has it undamaged; return whether it had none."""
        key = self._key(sha256)
        try:
            known = self._bucket.size_bytes(key)
        except NotFound:
            known = None
        if known != size_bytes or not self._is_whole(key, sha256):
            self._bucket.put(key, path)  # an undamaged copy replaces a damaged object
        return known is None

    def _is_whole(self, key: str, sha256: str) -> bool:
        digest = new_sha256()
        for chunk in self._bucket.chunks(key):
            digest.update(chunk)
        return digest.hexdigest() == sha256
