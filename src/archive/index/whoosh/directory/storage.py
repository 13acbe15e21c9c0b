"""Files of one index folder: written so that a commit survives a power loss and damage is noticed.

Whoosh never calls fsync. Here every new file and the folder reach the disk before the table of contents (TOC)
is renamed into place, and every TOC gets a file with its SHA-256 next to it; segments have checksums of their
own.
"""

import os
import pickle
import shutil
import stat
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from whoosh.codec.whoosh3 import W3Segment
from whoosh.filedb.filestore import FileStorage

from archive.disk import own_folders
from archive.disk.durable_files import sha256_of_file, sync_to_disk
from archive.index.whoosh.directory.errors import damaged, outdated

DIGEST_SUFFIX = ".sha256"
ARRAYS_SUFFIX = ".arrays"
"""Files that have checksums of their own (`array_file.py`)."""


def secure_folder(folder: Path) -> None:
    """Make `folder` if it is not there; see that it is ours alone, since tables of contents are pickles.

    Raises:
        IndexUnusable: Another user owns it or could have written to it.
    """
    if not folder.exists():
        own_folders.take(folder, "index")
        sync_to_disk(folder.parent)
    status = folder.stat()
    is_ours = status.st_uid == os.geteuid()
    others_may_write = bool(status.st_mode & (stat.S_IWGRP | stat.S_IWOTH))
    if not is_ours or (others_may_write and any(folder.iterdir())):
        raise damaged("its folder belongs to or can be written by another user; delete the folder first")
    if stat.S_IMODE(status.st_mode) != 0o700:
        folder.chmod(0o700)
    own_folders.take(folder, "index")


def digest_path(path: Path) -> Path:
    """Return where the digest of a file is kept."""
    return path.with_name(path.name + DIGEST_SUFFIX)


def is_intact(path: Path) -> bool:
    """Tell whether a file still has the bytes it was written with. Raises OSError where one is missing."""
    return sha256_of_file(path) == digest_path(path).read_text("ascii")


class TocUnpickler(pickle.Unpickler):
    """Reads the segments that a table of contents lists, and imports nothing.

    Our codec is found by its name alone: a table of contents outlives a move of the module that it names.
    """

    def __init__(self, file: BinaryIO, codec: type) -> None:
        super().__init__(file)
        self._codec = codec

    def find_class(self, module_name: str, global_name: str, /) -> Any:
        """Return one of the two classes that a table of contents of ours names. Raises IndexOutdated."""
        if (module_name, global_name) == (W3Segment.__module__, W3Segment.__name__):
            return W3Segment
        if module_name.partition(".")[0] == "archive" and global_name == self._codec.__name__:
            return self._codec
        is_codec = module_name.startswith("whoosh.codec.")
        raise outdated("another engine" if is_codec else "another version of the archive")


class CarefulStorage(FileStorage):
    """A folder storage that reads pickles safely and can close what Whoosh leaves open when a write fails.

    `codec` is the class that wrote the folder's segments.
    """

    def __init__(self, folder: Path, codec: type) -> None:
        super().__init__(str(folder))
        self._codec = codec
        self._files: list[Any] = []
        self._temporary: list[CarefulStorage] = []

    def create_file(self, name: str, *args: Any, **kwargs: Any) -> Any:
        """Create a file, to be closed by `close_files` at the latest."""
        self._files.append(super().create_file(name, *args, **kwargs))
        return self._files[-1]

    def open_file(self, name: str, **kwargs: Any) -> Any:
        """Open a file whose pickles are read by `TocUnpickler`."""
        file = super().open_file(name, **kwargs)
        file.read_pickle = lambda: TocUnpickler(file.file, self._codec).load()
        self._files.append(file)
        return file

    def temp_storage(self, name: str | None = None) -> "CarefulStorage":
        """Make a folder inside this one, removed by `close_files` at the latest."""
        temporary = CarefulStorage(Path(self.folder) / (name or "temporary"), self._codec)
        self._temporary.append(temporary)
        return temporary.create()

    def close_files(self) -> None:
        """Close every file and remove the temporary folders, as far as possible."""
        for file in self._files:
            with suppress(OSError):
                file.file.close()
        for storage in self._temporary:
            storage.close_files()
            shutil.rmtree(storage.folder, ignore_errors=True)
        self._files.clear()
        self._temporary.clear()


class DurableStorage(CarefulStorage):
    """Whoosh's folder storage with fsync and digests, for one commit of one writer."""

    def __init__(self, folder: Path, codec: type) -> None:
        super().__init__(folder, codec)
        self._folder = folder
        self._created: set[str] = set()

    def create_file(self, name: str, *args: Any, **kwargs: Any) -> Any:
        """Create a file and remember that it has to reach the disk before the next TOC."""
        self._created.add(name)
        return super().create_file(name, *args, **kwargs)

    def take_in(self, path: Path) -> None:
        """Move a file of another folder of the same disk here; it becomes one of this commit's."""
        self._created.add(path.name)
        path.replace(self._folder / path.name)

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Rename a file; a TOC only once everything that it names is on the disk."""
        if not newname.endswith(".toc"):
            super().rename_file(oldname, newname, safe=safe)
            return
        target = self._folder / newname
        if target.exists():
            raise FileExistsError(newname)
        self._created.add(newname)
        for name in sorted(self._created - {oldname, newname}):
            if (self._folder / name).exists():
                self._secure(self._folder / name)
        self._seal(self._folder / oldname, digest_path(target))
        sync_to_disk(self._folder)
        try:
            (self._folder / oldname).replace(target)
            sync_to_disk(self._folder)
        except OSError:
            # The old TOC is still in the folder, and the newest again.
            target.unlink(missing_ok=True)
            raise
        self._created.clear()
        self._forget_old_digests(keep=target)

    def discard_created(self) -> None:
        """Close and remove the files of a commit that came to nothing, as far as possible."""
        self.close_files()
        for name in self._created:
            for path in (self._folder / name, digest_path(self._folder / name)):
                with suppress(OSError):
                    path.unlink(missing_ok=True)
        self._created.clear()

    def _secure(self, path: Path) -> None:
        if path.suffix == ARRAYS_SUFFIX:
            sync_to_disk(path)
        else:
            self._seal(path, digest_path(path))

    @staticmethod
    def _seal(path: Path, seal: Path) -> None:
        sync_to_disk(path)
        with seal.open("w", encoding="ascii") as file:
            file.write(sha256_of_file(path))
            file.flush()
            os.fsync(file.fileno())

    def _forget_old_digests(self, keep: Path) -> None:
        # In every commit: plain names are several times as quick to look at as paths.
        for name in os.listdir(self._folder):  # noqa: PTH208
            if name.endswith(f".toc{DIGEST_SUFFIX}") and name != digest_path(keep).name:
                with suppress(OSError):
                    (self._folder / name).unlink()
