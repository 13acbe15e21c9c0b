"""Makes a new index in several processes: each reads, analyses and writes parts of its own (`part.py`).

The parts are adopted by the one writer. Helpers get their work over their standard input (`part.py`) and end
when it closes: also where this process is killed. Whatever fails, the new index is dropped whole.
"""

import json
import os
import queue
import select
import subprocess
import sys
import threading
from collections.abc import Callable, Generator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, field
from typing import Final

from archive.catalogue import documents
from archive.catalogue.database.database import Database
from archive.errors import (
    ArchiveError,
    Busy,
    CatalogueError,
    IndexUnusable,
    LexiconMissing,
    SearchAway,
    StorageError,
)
from archive.index.engine import Rebuild
from archive.index.part import DONE, FAILED, WRITTEN, PartJob
from archive.settings.opensearch import OpenSearchSettings
from archive.settings.sections import TextSettings

MAX_DEFAULT_PROCESSES: Final = 4
"""More than so many only by setting: each holds the words of up to 50,000 pages, some 400 MB."""
_END_S: Final = 10.0
_ANSWER_S: Final = 900.0
"""Some 25 documents take seconds: a process that takes longer is stuck."""
_ERRORS: Final = {
    error.code: error
    for error in (StorageError, Busy, CatalogueError, IndexUnusable, LexiconMissing, SearchAway)
}


def default_processes() -> int:
    """Return how many processes make an index where no setting says so: one a core, within reason."""
    return min(len(os.sched_getaffinity(0)), MAX_DEFAULT_PROCESSES)


@dataclass(frozen=True, slots=True)
class Bulk:
    """Fills new indexes of `engine` with `process_count` helpers, which open the catalogue `database_url`.

    `documents_per_turn` is how many documents a helper gets at once, `opensearch` are that engine's settings.
    """

    database_url: str
    text: TextSettings
    engine: str
    process_count: int
    opensearch: OpenSearchSettings = field(default_factory=OpenSearchSettings)
    documents_per_turn: int = 25

    def fill(self, new: Rebuild, database: Database, fingerprint: str) -> Generator[int]:
        """Fill a new index with all documents that are not withdrawn; yield how many each turn has written.

        Raises:
            StorageError, Busy, CatalogueError, LexiconMissing, SearchAway: Of a helper, as it had it.
            IndexUnusable: The same, and where a helper dies.
        """
        parts = [new.make_part() for _ in range(self.process_count)]
        turns = _Turns(database, self.documents_per_turn)
        reports: queue.SimpleQueue[int | Future[None]] = queue.SimpleQueue()
        with ExitStack() as stack:
            helpers = [
                stack.enter_context(closing(_Helper(self._job(part, database.epoch, fingerprint))))
                for part in parts
            ]
            threads = stack.enter_context(ThreadPoolExecutor(len(parts), "index-helper"))
            for helper in helpers:
                # Left early: end the processes, so that their threads end, then close the pipes.
                stack.callback(helper.end)
                threads.submit(_drive, helper, turns, reports.put).add_done_callback(reports.put)
            running = len(parts)
            while running:
                report = reports.get()
                if isinstance(report, int):
                    yield report
                else:
                    report.result()
                    running -= 1
        for part in parts:
            new.adopt(part)

    def _job(self, part: str, epoch: str, fingerprint: str) -> PartJob:
        return PartJob(
            self.database_url,
            self.text.model_dump_json(),
            self.engine,
            part,
            self.process_count,
            epoch,
            fingerprint,
            self.opensearch.for_child(),
        )


class _Turns:
    """Deals out the identifiers of documents, some at a time, to the helper that is ready for more."""

    def __init__(self, database: Database, documents_per_turn: int) -> None:
        self._database = database
        self._documents_per_turn = documents_per_turn
        self._lock = threading.Lock()
        self._after = ""

    def next(self) -> tuple[str, ...]:
        """Return the next identifiers; none at the end."""
        with self._lock:
            with self._database.read() as session:
                ids = documents.document_ids(session, self._after, self._documents_per_turn)
            self._after = ids[-1] if ids else self._after
            return ids


class _Helper:
    """One process that makes a part."""

    def __init__(self, job: PartJob) -> None:
        self._first = job.encoded()
        self._has_finished = False
        try:
            # In a session of its own, so that Ctrl-C ends it through us and not with a traceback; with -P no
            # module is taken from the working directory.
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "archive.index.part"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                encoding="utf-8",
                start_new_session=True,
            )
        except OSError as error:
            raise _ended() from error

    def begin(self) -> None:
        """Give it its job."""
        self._send(self._first)

    def write(self, ids: tuple[str, ...]) -> int:
        """Have it write documents; return how many have pages."""
        self._send(json.dumps(ids))
        return self._answer(WRITTEN)

    def finish(self) -> None:
        """Have it complete its part."""
        self._send(json.dumps([]))
        self._answer(DONE)
        self._has_finished = True

    def end(self) -> None:
        """End the process, whatever it does: unless it has finished, nothing of its part counts."""
        if not self._has_finished:
            self._process.kill()
        try:
            self._process.wait(_END_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            with suppress(subprocess.TimeoutExpired):  # its disk does not answer: it ends when that does
                self._process.wait(_END_S)

    def close(self) -> None:
        """Close its pipes, and end the process where it is running."""
        self.end()
        for stream in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                if stream:
                    stream.close()

    def _send(self, line: str) -> None:
        assert self._process.stdin
        try:
            self._process.stdin.write(line + "\n")
            self._process.stdin.flush()
        except (OSError, ValueError) as error:
            raise _ended() from error

    def _answer(self, wanted: str) -> int:
        assert self._process.stdout
        poll = select.poll()
        poll.register(self._process.stdout, select.POLLIN)
        if not poll.poll(_ANSWER_S * 1000):  # each answer is one line: nothing waits in the buffer
            raise _ended()
        try:
            what, value = json.loads(self._process.stdout.readline())
        except (OSError, ValueError) as error:
            raise _ended() from error
        if what == FAILED:
            code, message = value
            raise _ERRORS.get(code, ArchiveError)(message)
        if what != wanted:
            raise _ended()
        return int(value or 0)


def _ended() -> IndexUnusable:
    return IndexUnusable(
        "A process that made a part of the new index ended too early; the old index stays. "
        "Run `archive rebuild` again, with more memory or with index_processes = 1."
    )


def _drive(helper: _Helper, turns: _Turns, report: Callable[[int], None]) -> None:
    """Give a helper turns until there are no more, and report how many documents each has written."""
    helper.begin()
    while ids := turns.next():
        report(helper.write(ids))
    helper.finish()
