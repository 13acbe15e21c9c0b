"""One committed state of the index, and readers for searches in it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any, TypeVar

from whoosh.codec.whoosh3 import W3Codec
from whoosh.filedb.filestore import FileStorage

from archive.index.documents import Watermark
from archive.index.schema import TextField
from archive.index.whoosh.directory.errors import damaged
from archive.index.whoosh.directory.generations import Generations
from archive.index.whoosh.directory.toc import TocIdentity, stored_segments
from archive.index.whoosh.searcher.snapshots import Snapshots, SnapshotState
from archive.index.whoosh_stock.schema import make_schema
from archive.index.whoosh_stock.segments import Segment, View

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
    toc: TocIdentity
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

    def counts(self) -> tuple[int, int]:
        """Return how many documents and pages there are, whatever their visibility."""
        documents: set[str] = set()
        for view in self.views:
            documents |= view.documents
        return len(documents), sum(len(view.live) for view in self.views)

    def retire(self, successor: SnapshotState | None) -> None:
        """Let go of the segments that `successor` does not use."""
        kept = {id(view.segment) for view in successor.views} if isinstance(successor, Snapshot) else set()
        for view in self.views:
            if id(view.segment) not in kept:
                view.segment.retire()


def open_snapshot(folder: Path, toc: TocIdentity, known: Snapshot | None = None) -> Snapshot:
    """Open a committed state, reusing the segments of the state `known`.

    Raises FilesVanished where a writer has just replaced it, IndexUnusable where it is damaged.
    """
    storage, schema = FileStorage(str(folder)), make_schema()
    stored = stored_segments(folder, toc, schema, W3Codec)
    by_id = {view.segment.id: view for view in known.views} if known else {}
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


class StockSnapshots(Snapshots[Snapshot]):
    """Gives each search the newest committed state and readers of its own."""

    def __init__(self, generations: Generations) -> None:
        super().__init__(generations, open_snapshot)
        self._turns = BoundedSemaphore(_SEARCHES_AT_ONCE)

    def ask(self, question: Callable[[Snapshot, tuple[Leaf, ...]], _Answer], empty: _Answer) -> _Answer:
        """Return the answer that the newest state's files give, or `empty` where there is no index."""

        def with_leaves(snapshot: Snapshot) -> _Answer:
            with self._turns, snapshot.leaves() as leaves:
                return question(snapshot, leaves)

        return self.look(with_leaves, empty)
