"""Whoosh's tables of contents (TOC): which is the newest, and the segments it lists.

A TOC is a pickle. It is opened only where its digest is right, in a folder that is ours alone.
"""

import os
import pickle
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from whoosh.index import TOC, IndexVersionError

from archive.index.whoosh.directory.errors import FilesVanished, damaged, outdated
from archive.index.whoosh.directory.storage import CarefulStorage, is_intact

INDEX_NAME = "MAIN"
_TOC_NAME = re.compile(rf"_{INDEX_NAME}_([0-9]+)\.toc")


@dataclass(frozen=True)
class TocIdentity:
    """A table of contents by its number and file: numbers come again where a folder is made anew."""

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
        found = os.stat(f"{folder}/_{INDEX_NAME}_{newest}.toc")  # noqa: PTH116
    except FileNotFoundError as error:
        raise FilesVanished from error
    return TocIdentity(newest, found.st_ino, found.st_mtime_ns)


class _TocUnpickler(pickle.Unpickler):
    """Finds our codec by its name alone: a TOC outlives a move of the module that it was written in."""

    def __init__(self, file: BinaryIO, codec: type) -> None:
        super().__init__(file)
        self._codec = codec

    def find_class(self, module_name: str, global_name: str, /) -> Any:
        """Return the class that a TOC names: the codec, or one of Whoosh's own."""
        root = module_name.partition(".")[0]
        if root == "archive" and global_name == self._codec.__name__:
            return self._codec
        if root != "whoosh":
            raise AttributeError(f"{module_name}.{global_name}")
        return super().find_class(module_name, global_name)


class _TocStorage(CarefulStorage):
    """A folder whose pickles are read by `_TocUnpickler`."""

    def __init__(self, folder: Path, codec: type) -> None:
        super().__init__(folder)
        self._codec = codec

    def open_file(self, name: str, **kwargs: Any) -> Any:
        """Open a file that unpickles what it holds with our own unpickler."""
        file = super().open_file(name, **kwargs)
        file.read_pickle = lambda: _TocUnpickler(file.file, self._codec).load()
        return file


def stored_segments(folder: Path, toc: TocIdentity, schema: Any, codec: type) -> list[Any]:
    """Return the segments that a table of contents lists, as Whoosh keeps them.

    Raises FilesVanished where it has just been replaced, IndexUnusable where it is damaged, IndexOutdated
    where another version wrote it or a segment was not written by exactly `codec`.
    """
    storage = _TocStorage(folder, codec)
    try:
        if not is_intact(toc_path(folder, toc.number)):
            raise damaged("its table of contents is damaged")
        read = TOC.read(storage, INDEX_NAME, gen=toc.number, schema=schema)
    except FileNotFoundError as error:
        raise FilesVanished from error
    except (IndexVersionError, ImportError, AttributeError) as error:
        # Its bytes are those that were written, but name a format or a class that is no longer there.
        raise outdated("another version of the archive") from error
    finally:
        storage.close_files()
    if any(type(segment.codec()) is not codec for segment in read.segments):
        raise outdated("another engine")
    return list(read.segments)
