"""One committed state of the index, and how searches come by the newest one.

Another process may commit or publish a rebuilt index at any time: before each search the link `current` and
the names in its folder are read anew (tens of microseconds).
"""

import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import BoundedSemaphore, Lock
from typing import Any, TypeVar

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from archive.index.base import Watermark
from archive.index.whoosh.failures import FilesVanished, damaged
from archive.index.whoosh.generations import Generations
from archive.index.whoosh.schema import make_schema
from archive.index.whoosh.segments import Segment, View
from archive.index.whoosh.storage import is_intact
from archive.text.terms import TextField

INDEX_NAME = "MAIN"
_TOC_NAME = re.compile(rf"_{INDEX_NAME}_([0-9]+)\.toc")
_ATTEMPTS = 6
_PAUSE_S = 0.02
# Each set of readers holds a copy of the index in memory, and Python runs one search at a time anyhow.
_SEARCHES_AT_ONCE = 2

_Answer = TypeVar("_Answer")


@dataclass(frozen=True)
class Leaf:
    """A view and the reader lent for it, for the length of one search."""

    view: View
    reader: Any


@dataclass(frozen=True)
class Snapshot:
    """One committed state. `expansions` keeps the terms of the prefixes asked last, with their counts."""

    folder: Path
    toc: "TocIdentity"
    views: tuple[View, ...]
    watermark: Watermark
    expansions: dict[tuple[TextField, str], list[tuple[str, int]]] = field(default_factory=dict)

    @contextmanager
    def leaves(self) -> Iterator[tuple[Leaf, ...]]:
        """Lend a reader for each segment. Raises FilesVanished where this state has been replaced."""
        with ExitStack() as stack:
            leaves = []
            for view in self.views:
                reader = view.segment.take_reader()
                stack.callback(view.segment.give_back, reader)
                leaves.append(Leaf(view, reader))
            yield tuple(leaves)


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
        numbers = [int(match[1]) for path in folder.iterdir() if (match := _TOC_NAME.fullmatch(path.name))]
        if not numbers:
            raise FilesVanished
        found = toc_path(folder, max(numbers)).stat()
    except FileNotFoundError as error:
        raise FilesVanished from error
    return TocIdentity(max(numbers), found.st_ino, found.st_mtime_ns)


def stored_segments(folder: Path, toc: TocIdentity) -> list[Any]:
    """Return the segments that a table of contents lists, as Whoosh keeps them.

    Raises FilesVanished where it has just been replaced, IndexUnusable where it is damaged.
    """
    try:
        if not is_intact(toc_path(folder, toc.number)):
            raise damaged("its table of contents is damaged")
        read = TOC.read(FileStorage(str(folder)), INDEX_NAME, gen=toc.number, schema=make_schema())
    except FileNotFoundError as error:
        raise FilesVanished from error
    return list(read.segments)


def open_snapshot(folder: Path, toc: TocIdentity, known: Sequence[View] = ()) -> Snapshot:
    """Open a committed state, reusing what is `known` of its segments.

    Raises FilesVanished where a writer has just replaced it, IndexUnusable where it is damaged.
    """
    storage, schema = FileStorage(str(folder)), make_schema()
    stored = stored_segments(folder, toc)
    by_id = {view.segment.id: view for view in known}
    with ExitStack() as undo:
        views = []
        for one in stored:
            held = by_id.get(one.segment_id())
            segment = held.segment if held else Segment(storage, schema, one)
            if not held:
                undo.callback(segment.retire)
            removed = frozenset(one.deleted_docs())
            views.append(held if held and held.removed == removed else View(segment, removed))
        snapshot = Snapshot(folder, toc, tuple(views), _watermark(views))
        undo.pop_all()
    return snapshot


def _watermark(views: Sequence[View]) -> Watermark:
    held = [(view, page, mark) for view in views for page, mark in view.segment.watermarks.items()]
    marks = [mark for view, page, mark in held if page not in view.removed]
    if len(marks) != 1:
        raise damaged("it does not say how far it has come")
    return marks[0]


class Snapshots:
    """Gives each search the newest committed state. Thread-safe."""

    def __init__(self, generations: Generations) -> None:
        self._generations = generations
        self._lock = Lock()
        self._turns = BoundedSemaphore(_SEARCHES_AT_ONCE)
        self._held: Snapshot | None = None

    def ask(self, question: Callable[[Snapshot, tuple[Leaf, ...]], _Answer], empty: _Answer) -> _Answer:
        """Return the answer that the newest state's files give, or `empty` where there is no index."""

        def with_leaves(snapshot: Snapshot) -> _Answer:
            with self._turns, snapshot.leaves() as leaves:
                return question(snapshot, leaves)

        return self.look(with_leaves, empty)

    def look(self, question: Callable[[Snapshot], _Answer], empty: _Answer) -> _Answer:
        """Return the answer of the newest state as it is in memory, or `empty` where there is no index.

        A file that vanishes while it is opened means that a newer state is there: then ask that one. A few
        times only, since the file may be missing for good.
        """
        for attempt in range(_ATTEMPTS):
            time.sleep(attempt * _PAUSE_S)
            try:
                snapshot = self.newest()
                return empty if snapshot is None else question(snapshot)
            except FilesVanished:
                self.close()
        raise damaged("a file is missing")

    def newest(self) -> Snapshot | None:
        """Return the newest committed state, None where there is no index. Raises FilesVanished."""
        with self._lock:
            folder = self._generations.current()
            if folder is None:
                self._hold(None)
                return None
            toc = latest_toc(folder)
            held = self._held
            if held and (held.folder, held.toc) == (folder, toc):
                return held
            known = held.views if held and held.folder == folder else ()
            fresh = open_snapshot(folder, toc, known)
            self._hold(fresh)
            return fresh

    def close(self) -> None:
        """Let go of all files that no search is reading."""
        with self._lock:
            self._hold(None)

    def _hold(self, fresh: Snapshot | None) -> None:
        kept = {id(view.segment) for view in fresh.views} if fresh else set()
        for view in self._held.views if self._held else ():
            if id(view.segment) not in kept:
                view.segment.retire()
        self._held = fresh
