"""A bag while it is filled: BagIt 1.0 (RFC 8493), every file's SHA-256 taken while it is written.

A library would move the files of a folder and read them all once more; so each is read and written once.
"""

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Self, TextIO

_DECLARATION: Final = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_MANIFEST: Final = "manifest-sha256.txt"
_TAG_MANIFEST: Final = "tagmanifest-sha256.txt"
_CHUNK_BYTES: Final = 1024 * 1024


class HashedText:
    """A text file that is being written, and what its bytes' SHA-256 is so far."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._digest = hashlib.sha256()
        self.size_bytes = 0

    def write(self, text: str) -> None:
        """Write text as UTF-8; half characters, which it cannot hold, become question marks."""
        data = text.encode("utf-8", "replace")
        self._digest.update(data)
        self.size_bytes += len(data)
        self._file.write(data.decode("utf-8"))

    @property
    def sha256(self) -> str:
        """Return the SHA-256 of what was written."""
        return self._digest.hexdigest()


class Bag:
    """A folder that becomes a bag with `finish`. Raises OSError where the disk refuses."""

    def __init__(self, folder: Path, manifest: TextIO, earlier: Sequence[Path]) -> None:
        """Take an open manifest; use `begun` instead."""
        self._folder = folder
        self._earlier = earlier
        self._manifest = manifest
        self._bytes = self._files = 0

    @classmethod
    @contextmanager
    def begun(cls, folder: Path, earlier: Sequence[Path] = ()) -> Iterator[Self]:
        """Begin a bag in a folder that is there.

        Args:
            folder: has no payload yet.
            earlier: bags that were begun earlier, from which files are taken over.
        """
        with (folder / _MANIFEST).open("w", encoding="utf-8", newline="\n") as manifest:
            yield cls(folder, manifest, earlier)

    @contextmanager
    def text(self, path: str) -> Iterator[HashedText]:
        """Write a text file of the payload: `path` begins with "data/"."""
        target = self._made(path)
        with target.open("w", encoding="utf-8", newline="") as file:
            hashed = HashedText(file)
            yield hashed
        self._list(path, hashed.sha256, hashed.size_bytes)

    def copy(self, find: Callable[[], Path], path: str, sha256: str) -> bool:
        """Copy a file into the payload; return False, and keep nothing, where its SHA-256 is another.

        Args:
            find: gives the file; not called where an earlier, interrupted export has copied it already.
            path: begins with "data/".
            sha256: what its bytes must have.
        """
        target = self._made(path)
        copied = next((folder / path for folder in self._earlier if (folder / path).exists()), None)
        if copied is None or _sha256(copied) != sha256:
            copied = target.with_name(f"{target.name}.part")
            if _copied(find(), copied) != sha256:
                copied.unlink()
                return False
        copied.replace(target)
        self._list(path, sha256, target.stat().st_size)
        return True

    def finish(self, info: Mapping[str, str], tags: Mapping[str, bytes]) -> None:
        """Write what makes the folder a bag, and other files next to the payload."""
        self._manifest.flush()
        told = {**info, "Payload-Oxum": f"{self._bytes}.{self._files}"}
        lines = "".join(f"{name}: {value}\n" for name, value in told.items())
        written = {"bagit.txt": _DECLARATION.encode(), "bag-info.txt": lines.encode()} | dict(tags)
        for name, data in written.items():
            (self._folder / name).write_bytes(data)
        names = sorted([*written, _MANIFEST])
        listed = "".join(f"{_sha256(self._folder / name)}  {name}\n" for name in names)
        (self._folder / _TAG_MANIFEST).write_text(listed, "utf-8")

    def _made(self, path: str) -> Path:
        target = self._folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        return target

    def _list(self, path: str, sha256: str, size_bytes: int) -> None:
        self._manifest.write(f"{sha256}  {path}\n")
        self._bytes += size_bytes
        self._files += 1


def _copied(source: Path, target: Path) -> str:
    """Copy a file piece by piece; return the SHA-256 of what was read."""
    digest = hashlib.sha256()
    with source.open("rb") as reading, target.open("wb") as writing:
        while piece := reading.read(_CHUNK_BYTES):
            digest.update(piece)
            writing.write(piece)
        writing.flush()
        os.fsync(writing.fileno())
    return digest.hexdigest()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
