"""What every engine of files does alike: generations, one writer, the newest state for each search."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Generic, TypeVar

from archive.errors import Busy, IndexUnusable
from archive.index.documents import Batch, Watermark
from archive.index.engine import Rebuild
from archive.index.whoosh.directory.errors import FilesVanished, damaged, index_failures
from archive.index.whoosh.directory.generations import Generations
from archive.index.whoosh.directory.storage import secure_folder
from archive.index.whoosh.searcher.snapshots import Snapshots, SnapshotState
from archive.index.whoosh.writer.writer import IndexFormat, WhooshRebuild

_CHECK_ATTEMPTS = 5

_State = TypeVar("_State", bound=SnapshotState)


class GenerationalEngine(Generic[_State]):
    """Everything of an engine but the searches. `directory` becomes ours alone (mode 0700).

    `lock_timeout_s` is how long a writer waits for another one, in seconds.
    """

    def __init__(self, directory: Path, lock_timeout_s: float = 30.0) -> None:
        self._lock_timeout_s = lock_timeout_s
        self._generations = Generations(directory)
        self._snapshots = self._make_snapshots(self._generations)
        self._format = self._make_format()
        with index_failures():
            secure_folder(directory)
            # A writer at work would be disturbed; whoever opens or publishes later clears up.
            with suppress(Busy), self._generations.writer_lock(timeout_s=0):
                self._generations.clear_leftovers()

    def _make_snapshots(self, generations: Generations) -> Snapshots[_State]:
        raise NotImplementedError

    def _make_format(self) -> IndexFormat:
        raise NotImplementedError

    def watermark(self) -> Watermark | None:
        """Return how far the index has come, or None where there is no index yet."""
        with index_failures():
            return self._snapshots.look(lambda state: state.watermark, None)

    def check(self) -> None:
        """Walk the whole index; raise IndexUnusable where any part of it is missing or damaged."""
        with index_failures():
            for _ in range(_CHECK_ATTEMPTS):
                folder = self._generations.current()
                if folder is None:
                    return
                with suppress(FilesVanished):
                    self._format.check(folder)
                    return
            raise damaged("a file is missing")

    def write(self, batch: Batch) -> None:
        """Replace the batch's documents and set the watermark; see the contract."""
        with index_failures(), self._writing():
            folder = self._generations.current()
            if folder is None:
                self._write_first(batch)
            elif self._is_due(batch.watermark):
                self._format.write_batch(folder, batch)
        # Opened here once, the new state costs neither the first search nor the next write anything. What is
        # written is written: whatever is wrong with it the next one to look will be told.
        with suppress(Exception):
            self._snapshots.newest()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Be the one writer, before whom no file vanishes by another's doing."""
        with self._generations.writer_lock(self._lock_timeout_s):
            try:
                yield
            except FilesVanished as error:
                raise damaged("a file is missing") from error

    def _write_first(self, batch: Batch) -> None:
        folder = self._generations.create()
        try:
            self._format.create_index(folder)
            self._format.write_batch(folder, batch)
            self._generations.publish(folder)
        except BaseException:
            if self._generations.current() != folder:
                self._generations.drop(folder)
            raise

    def _is_due(self, offered: Watermark) -> bool:
        held = self.watermark()
        if held is None or (held.epoch, held.fingerprint) != (offered.epoch, offered.fingerprint):
            raise IndexUnusable(
                "The search index was made from another catalogue or with another way of indexing words. "
                "Run `archive rebuild` to make it anew."
            )
        return offered.seq > held.seq

    @contextmanager
    def rebuild(self) -> Iterator[Rebuild]:
        """Begin a new index beside this one. Until it ends other writers wait, and at last get Busy."""
        with ExitStack() as stack:
            with index_failures():
                stack.enter_context(self._generations.writer_lock(self._lock_timeout_s))
                rebuild = WhooshRebuild(self._generations, self._format)
            stack.callback(rebuild.close)
            yield rebuild

    def counts(self) -> tuple[int, int]:
        """Return how many documents and pages the index holds."""
        with index_failures():
            return self._snapshots.look(lambda state: state.counts(), (0, 0))

    def size_bytes(self) -> int:
        """Return how much room the index in use takes on the disk."""
        with index_failures():
            folder = self._generations.current()
            size = 0
            for path in folder.iterdir() if folder else ():
                with suppress(FileNotFoundError):
                    size += path.stat().st_size
            return size

    def close(self) -> None:
        """Let go of files. The engine may be used again and opens them anew."""
        self._snapshots.close()
