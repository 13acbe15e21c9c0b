"""Whoosh's tables of contents (TOC): which is the newest, and the segments it lists.

A TOC is a pickle. It is opened only where its digest is right, in a folder that is ours alone, and names no
classes but those of segments (`storage.TocUnpickler`).
"""

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from whoosh.index import TOC, IndexVersionError

from archive.index.whoosh.directory.errors import FilesVanished, damaged, outdated
from archive.index.whoosh.directory.storage import CarefulStorage, is_intact

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
