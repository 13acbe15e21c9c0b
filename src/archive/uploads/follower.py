"""The thread that takes in what was received, and looks for it until a search finds it.

One process of an archive does it at a time: the one that has the lock, which the kernel frees however that
process ends.
"""

import logging
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from archive.catalogue import pages, records
from archive.catalogue.database.database import Database
from archive.catalogue.database.turns import Turn
from archive.catalogue.uploads import readings
from archive.catalogue.uploads.readings import Unconfirmed
from archive.disk import own_folders
from archive.disk.file_lock import file_lock
from archive.errors import ArchiveError, Busy, IndexUnusable, SearchAway
from archive.model.machine_descriptions import searched_blocks
from archive.model.visibility import Visibility
from archive.search.question import Question
from archive.search.service import SearchService
from archive.settings.settings import Settings
from archive.store.store import Store
from archive.uploads.receiving import Receiving
from archive.uploads.taking import Taking

logger = logging.getLogger(__name__)

_LOCK = ".taking.lock"
_LOOK_EVERY_S = 1.0
_TIDY_EVERY_S = 3600.0
_STOP_S = 30.0

_WORD = re.compile(r"[^\W_]+")
_TELLING = re.compile(r"[^\W\d_]{4,40}")
# Words that are looked for: one is enough, but a word may be one that the language reads away.
_TRIED = 4


class Confirming:
    """Counts the words of uploaded files and looks for them."""

    def __init__(self, database: Database, search: SearchService) -> None:
        """Take the catalogue, and what answers questions."""
        self._database = database
        self._search = search

    def confirm_all(self) -> int:
        """Look for all files that were read and not found yet; return how many were found.

        Raises IndexUnusable, SearchAway, Busy and CatalogueError.
        """
        with self._database.read() as session:
            waiting = readings.unconfirmed(session, datetime.now(UTC))
        return sum(self._confirm(one) for one in waiting)

    def _confirm(self, one: Unconfirmed) -> bool:
        with self._database.read() as session:
            blocks = [block for page in pages.pages(session, one.version_id) for block in page.blocks]
            title = records.record(session, one.document_id).title
        word_count = sum(len(_WORD.findall(block.text)) for block in blocks)
        # What a program wrote about pictures is not found; where there is nothing else, the title is.
        texts = [block.text for block in searched_blocks(blocks, False)]
        words = _rarest(texts) or _rarest([title])
        is_found = any(self._finds(one.document_id, word) for word in words)
        if is_found or one.word_count != word_count:
            with self._database.write() as session:
                readings.confirm(session, one.upload_id, one.number, word_count, is_found)
        return is_found

    def _finds(self, document_id: str, word: str) -> bool:
        question = Question(word, widen=False)
        with self._database.read() as session:
            understood = self._search.understand(session, question, Visibility.STAFF)
            return bool(understood.in_document(document_id).pages)


class UploadFollower:
    """Takes in uploads while a server or an ingest runs.

    Args:
        receiving: where uploads come in.
        taking: takes them in.
        confirming: looks for them.
        folder: where the lock is kept.
        taken: are called after something was taken in: there are jobs to do and changes to index.
        turn: whose turn it is, where processes may be on several machines.
    """

    def __init__(
        self,
        receiving: Receiving,
        taking: Taking,
        confirming: Confirming,
        folder: Path,
        taken: Sequence[Callable[[], None]],
        turn: Turn,
    ) -> None:
        self._receiving = receiving
        self._taking = taking
        self._confirming = confirming
        self._folder = folder
        self._taken = taken
        self._turn = turn
        self._wanted = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._follow, name="upload-follower", daemon=True)
        self._tidied_s = -_TIDY_EVERY_S
        self.error: ArchiveError | None = None

    def start(self) -> None:
        """Begin to follow."""
        self._receiving.when_received(self._wanted.set)
        self._thread.start()

    def stop(self) -> None:
        """End the thread after the file that it is at. What was not taken in yet, the next one will."""
        self._receiving.forget(self._wanted.set)
        self._stopping.set()
        self._wanted.set()
        self._thread.join(_STOP_S)
        self._turn.give_up()

    def _follow(self) -> None:
        while not self._stopping.is_set():
            try:
                own_folders.take(self._folder, "uploads")
                if self._turn.is_ours():
                    with file_lock(self._folder / _LOCK, 0, "Another process takes in what is sent."):
                        self._work()
            except Busy:
                pass  # another process has the lock
            except (ArchiveError, OSError) as error:
                self._note(error)
            except Exception:
                logger.exception("Uploads could not be taken in.")
            self._wait()

    def _work(self) -> None:
        """Do what there is to do, until it is time to end."""
        while not self._stopping.is_set() and self._turn.is_ours():
            self._wanted.clear()
            if time.monotonic() - self._tidied_s >= _TIDY_EVERY_S:
                self._receiving.tidy()
                self._tidied_s = time.monotonic()
            if self._taking.take_all(self._stopping.is_set):
                for call in self._taken:
                    call()
            try:
                self._confirming.confirm_all()
            except (IndexUnusable, SearchAway, Busy):
                pass  # the index is being made, or its server is away; it is looked at again
            self.error = None
            self._wait()

    def _wait(self) -> None:
        self._wanted.wait(_LOOK_EVERY_S)

    def _note(self, error: Exception) -> None:
        told = error if isinstance(error, ArchiveError) else ArchiveError(str(error.__class__.__name__))
        if self.error is None:
            logger.error("Uploads cannot be taken in just now: %s", told.message)
        self.error = told


def open_follower(
    database: Database,
    originals: Store,
    search: SearchService,
    receiving: Receiving,
    settings: Settings,
    taken: Sequence[Callable[[], None]],
) -> UploadFollower:
    """Return the follower of an archive's uploads, not started yet; arguments as its parts take them."""
    taking = Taking(database, originals, receiving.store, settings)
    confirming = Confirming(database, search)
    return UploadFollower(
        receiving, taking, confirming, settings.data / "uploads", taken, database.turn("uploads")
    )


def _rarest(texts: Iterable[str]) -> list[str]:
    """Return a few words that tell these texts from others: those said least often, the longest first."""
    counts = Counter(word.lower() for text in texts for word in _TELLING.findall(text))
    words = counts or Counter(word.lower() for text in texts for word in _WORD.findall(text))
    return sorted(words, key=lambda word: (words[word], -len(word), word))[:_TRIED]
