"""Whole indexes next to each other: `gen-<n>/` folders and a link `current` to the one in use.

A new generation takes the old one's place by one atomic rename of the link. The old files are unlinked at
once: searches that have them open keep them until they close, and one that is only opening begins again.
"""

import re
import shutil
from contextlib import AbstractContextManager, suppress
from pathlib import Path

from archive.durable_files import sync_to_disk
from archive.errors import IndexUnusable
from archive.file_lock import file_lock
from archive.index.whoosh.directory.errors import damaged

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
        folder.mkdir(mode=0o700)
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
        """Remove a generation that was not published."""
        shutil.rmtree(folder, ignore_errors=True)

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
