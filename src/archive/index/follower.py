"""A thread that writes changes to the index while an ingest or a server runs, and compacts it when idle."""

import logging
import threading

from archive.catalogue.database.turns import Turn
from archive.errors import ArchiveError, Busy, IndexUnusable
from archive.index.indexer import Indexer

logger = logging.getLogger(__name__)

_STOP_S = 10.0


class IndexFollower:
    """Writes changes to the index soon after they happen, several at a time.

    `error` is what keeps it from doing so at present, if anything does.
    """

    def __init__(
        self,
        indexer: Indexer,
        gather_s: float = 0.5,
        look_every_s: float = 5.0,
        turn: Turn | None = None,
    ) -> None:
        """Prepare the thread.

        Args:
            indexer: Writes the index.
            gather_s: How long to wait after one commit before the next, so that a busy ingest makes few
                commits.
            look_every_s: How often to look for changes of other processes. Where nothing has changed for that
                long, the index merges its segments, until something changes.
            turn: Whose turn it is to write an index that several processes could; None: always this one's.
        """
        self._indexer = indexer
        self._turn = turn
        self._gather_s = gather_s
        self._look_every_s = look_every_s
        self._changed = threading.Event()
        self._stopping = threading.Event()
        self._hurried = threading.Event()
        self._thread = threading.Thread(target=self._follow, name="index-follower", daemon=True)
        self._may_compact = True
        self.error: ArchiveError | None = None
        indexer.tell_of_doubt(self.hurry)

    def start(self) -> None:
        """Begin to follow."""
        self._thread.start()

    def changed(self) -> None:
        """Report that the catalogue has changed."""
        self._changed.set()

    def hurry(self) -> None:
        """Report that somebody waits for a change to be searchable: it is not gathered with later ones."""
        self._hurried.set()
        self._changed.set()

    def stop(self) -> None:
        """End the thread after the present commit. What it has not written yet, the next one will.

        A rebuild may take minutes and is left to its end with the process: nothing of it counts until then.
        """
        self._stopping.set()
        self._hurried.set()
        self._changed.set()
        self._thread.join(_STOP_S)
        if self._turn:
            self._turn.give_up()

    def _follow(self) -> None:
        while not self._stopping.is_set():
            has_changed = self._changed.wait(self._look_every_s)
            self._changed.clear()
            if self._stopping.is_set():
                return
            self._step(is_idle=not has_changed)
            self._hurried.wait(self._gather_s)
            self._hurried.clear()

    def _is_wanted(self) -> bool:
        return self._changed.is_set() or self._stopping.is_set()

    def _step(self, is_idle: bool) -> None:
        """Catch up once, and compact the index where there was nothing to catch up with.

        What fails is tried again at the next change: nothing is lost by it.
        """
        try:
            if self._turn and not self._turn.is_ours():
                self.error = None
                return
            if self._indexer.is_doubted:
                self._indexer.ensure(thorough=True)
            if self._indexer.catch_up():
                self._may_compact = True
            elif is_idle and self._may_compact:
                self._may_compact = self._indexer.compact(self._is_wanted)
            self.error = None
        except Busy:
            logger.debug("Another process is writing the index.")
        except IndexUnusable as error:
            self._rebuild(error)
        except ArchiveError as error:
            self._note(error)
        except Exception:
            logger.exception("The index could not follow the catalogue.")

    def _rebuild(self, cause: ArchiveError) -> None:
        try:
            rebuilt = self._indexer.ensure(thorough=True)
        except Busy:
            logger.debug("Another process is writing the index.")
        except ArchiveError as error:
            self._note(error)
        else:
            if not rebuilt:
                self._note(cause)

    def _note(self, error: ArchiveError) -> None:
        if self.error is None:
            logger.error("The index could not follow the catalogue: %s", error.message)
        self.error = error
