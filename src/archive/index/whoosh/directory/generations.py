"""What is in force in an index folder: the generation in use, and the newest table of contents (TOC) in it.

A generation is a whole index, `gen-<n>/`; the link `current` leads to the one in use. A new generation takes
the old one's place by one atomic rename of the link. The old files are unlinked at once: searches that have
them open keep them until they close, and one that is only opening begins again.

A TOC is a pickle of Whoosh's. It is opened only where its digest is right, in a folder that is ours alone.
"""

import os
import re
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from whoosh.index import TOC, IndexVersionError

from archive.disk import own_folders
from archive.disk.durable_files import sync_to_disk
from archive.disk.file_lock import file_lock
from archive.errors import IndexUnusable
from archive.index.whoosh.directory.errors import FilesVanished, damaged, outdated
from archive.index.whoosh.directory.storage import CarefulStorage, is_intact

_NAME = re.compile(r"gen-([1-9][0-9]*)")


class Generations:
    """The generations in one index folder. Methods that change something need the writer's lock."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._link = root / "current"

    def writer_lock(self, timeout_s: float) -> AbstractContextManager[None]:
        """Be the one writer, over all processes. Raises Busy where another one is for longer than that."""
        return file_lock(
            self.root / "writer.lock",
            timeout_s,
            "Another process is writing the search index; try again when it has finished.",
        )

    def compaction_lock(self) -> AbstractContextManager[None]:
        """Be the one that compacts, over all processes. Raises Busy where another one does."""
        return file_lock(self.root / "merging.lock", 0, "Another process is merging segments of the index.")

    def current(self) -> Path | None:
        """Return the folder in use, or None where no index was ever published."""
        try:
            name = str(self._link.readlink())
        except FileNotFoundError:
            return None
        except OSError as error:
            raise damaged("`current` in its folder is not a link") from error
        if not _NAME.fullmatch(name):
            raise damaged("`current` in its folder leads elsewhere")
        return self.root / name

    def create(self) -> Path:
        """Make the next generation's folder and return it. Nothing searches it yet."""
        numbers = [int(match[1]) for path in self.root.iterdir() if (match := _NAME.fullmatch(path.name))]
        folder = self.root / f"gen-{max(numbers, default=0) + 1}"
        own_folders.make(folder, "generation")
        sync_to_disk(self.root)
        return folder

    def publish(self, folder: Path) -> None:
        """Let `folder`, complete and on the disk, take the place of the generation in use."""
        new_link = self.root / "current.new"
        new_link.unlink(missing_ok=True)
        new_link.symlink_to(folder.name)
        new_link.replace(self._link)
        sync_to_disk(self.root)
        self.clear_leftovers()

    def drop(self, folder: Path) -> None:
        """Remove a generation that was not published, if the archive made it."""
        own_folders.remove(folder, "generation")

    def clear_leftovers(self) -> None:
        """Remove every generation that is not in use: replaced ones and those of a writer that died.

        Where it is not known which one is in use, nothing is removed; the next rebuild puts that right.
        """
        try:
            in_use = self.current()
        except IndexUnusable:
            return
        with suppress(OSError):
            (self.root / "current.new").unlink(missing_ok=True)
        for path in self.root.iterdir():
            if path != in_use and _NAME.fullmatch(path.name):
                self.drop(path)


INDEX_NAME = "MAIN"
_TOC_NAME = re.compile(rf"_{INDEX_NAME}_([0-9]+)\.toc")


@dataclass(frozen=True)
class TocIdentity:
    """A table of contents by its number and file: numbers repeat where a folder is made again."""

    number: int
    inode: int
    modified_ns: int


def toc_path(folder: Path, number: int) -> Path:
    """Return the file of a table of contents."""
    return folder / f"_{INDEX_NAME}_{number}.toc"


def latest_toc(folder: Path) -> TocIdentity:
    """Return the newest table of contents. Raises FilesVanished where there is none."""
    try:
        # Before every search: plain names are several times as quick to look at as paths.
        names = os.listdir(folder)  # noqa: PTH208
        numbers = [
            int(match[1]) for name in names if name.endswith(".toc") and (match := _TOC_NAME.fullmatch(name))
        ]
        if not numbers:
            raise FilesVanished
        newest = max(numbers)
        status = os.stat(f"{folder}/_{INDEX_NAME}_{newest}.toc")  # noqa: PTH116
    except FileNotFoundError as error:
        raise FilesVanished from error
    return TocIdentity(newest, status.st_ino, status.st_mtime_ns)


def stored_segments(folder: Path, toc: TocIdentity, schema: Any, codec: type) -> list[Any]:
    """Return the segments that a table of contents lists, as Whoosh keeps them.

    Raises:
        FilesVanished: It has just been replaced.
        IndexUnusable: It is damaged.
        IndexOutdated: Another version wrote it, or another codec than `codec`.
    """
    storage = CarefulStorage(folder, codec)
    try:
        if not is_intact(toc_path(folder, toc.number)):
            raise damaged("its table of contents is damaged")
        read = TOC.read(storage, INDEX_NAME, gen=toc.number, schema=schema)
    except FileNotFoundError as error:
        raise FilesVanished from error
    except IndexVersionError as error:
        raise outdated("another version of the archive") from error
    finally:
        storage.close_files()
    return list(read.segments)
