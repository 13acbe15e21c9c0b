"""Keeps a speller for each kind of visitor: made beside the searches, and anew when the index has changed."""

import logging
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from archive.errors import ArchiveError
from archive.index.base import SearchEngine, Watermark
from archive.model import Visibility
from archive.text.spelling.speller import Speller
from archive.text.swedish import SwedishAnalyzer
from archive.text.terms import TextField

WORD_FIELDS: Final = (
    TextField.EXACT,
    TextField.SPEAKER,
    TextField.ORGANISATION,
    TextField.REGION,
    TextField.FOCUS_AREA,
    TextField.EVENT,
)
"""The fields that hold words as they are written; those for staff alone are not among them."""

_log = logging.getLogger(__name__)

_FIRST_WAIT_S = 1.0
# While documents come in, words are read anew so seldom that it takes a fiftieth of the time, or less.
_PAUSE_MIN_S = 30.0
_PAUSE_TIMES = 50


@dataclass(frozen=True, slots=True)
class _Made:
    """A speller, the state of the index it knows, and when the next may be made (monotonic seconds)."""

    speller: Speller
    mark: Watermark | None
    due_s: float


class Spellers:
    """Makes spellers in threads of its own. Safe to use from several threads."""

    def __init__(self, engine: SearchEngine, analyzer: SwedishAnalyzer) -> None:
        self._engine = engine
        self._analyzer = analyzer
        self._lock = threading.Lock()
        self._made: dict[int, _Made] = {}
        self._making: dict[int, threading.Thread] = {}

    def speller(self, visitor: Visibility) -> Speller | None:
        """Return the words that the visitor may see, maybe as of half a minute ago.

        None where they are still being read after a second.
        """
        thread = self.warm(visitor)
        if thread is not None and visitor.rank not in self._made:
            thread.join(_FIRST_WAIT_S)
        made = self._made.get(visitor.rank)
        return made.speller if made else None

    def warm(self, visitor: Visibility) -> threading.Thread | None:
        """Begin to read the words where that is due; return the thread that is at it, None where none is."""
        rank, mark = visitor.rank, self._engine.watermark()
        with self._lock:
            running = self._making.get(rank)
            if running is not None and running.is_alive():
                return running
            made = self._made.get(rank)
            if made is not None and (made.mark == mark or time.monotonic() < made.due_s):
                return None
            thread = threading.Thread(target=self._make, args=(rank, mark), name="spelling", daemon=True)
            self._making[rank] = thread
            thread.start()
            return thread

    def close(self) -> None:
        """Wait until no thread reads the index any more."""
        with self._lock:
            running = list(self._making.values())
        for thread in running:
            thread.join()

    def _make(self, rank: int, mark: Watermark | None) -> None:
        started_s = time.monotonic()
        try:
            speller = Speller(self._words(rank), self._analyzer.lexicon, self._analyzer.splitter)
        except ArchiveError as error:
            _log.warning("words for spelling could not be read: %s", error)
            return
        took_s = time.monotonic() - started_s
        due_s = time.monotonic() + max(_PAUSE_MIN_S, _PAUSE_TIMES * took_s)
        self._made[rank] = _Made(speller, mark, due_s)

    def _words(self, rank: int) -> Iterator[tuple[str, int]]:
        known = self._engine.vocabulary(rank)
        for field in WORD_FIELDS:
            yield from known.terms(field)
