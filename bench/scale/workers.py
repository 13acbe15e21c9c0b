"""Files read and drawn by one worker process and by two: pages a second from the first job to the last.

Each has one worker thread. Copies of the sample seminar's decks, each with a title of its own, so that none
is the same file; drawing is by LibreOffice where it is installed.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from pptx import Presentation

from archive.app import Archive, open_archive
from archive.catalogue import jobs
from archive.catalogue.operation.totals import document_totals
from archive.settings.settings import load_settings
from tests.ingest.ingests import take

_COMMAND = [sys.executable, "-m", "archive.cli.main"]
_FILE_MAX_BYTES = 10**8
_LOOK_S = 0.2
_SEMINAR = Path(__file__).parents[2] / "samples" / "seminar"


def measure(options: argparse.Namespace) -> None:
    """Measure one process and two; print a line for each."""
    with tempfile.TemporaryDirectory() as name:
        decks = _decks(Path(name) / "decks", options.decks)
        for count in (1, 2, 1):
            data = Path(name) / f"data-{time.monotonic_ns()}"
            with open_archive(load_settings(data)) as archive:
                took_s, pages = _measured(archive, decks, count)
            print(
                f"worker processes: {count}, {options.decks} decks with {pages} slides in {took_s:.1f} s: "
                f"{pages / took_s:.2f} slides read and drawn a second",
                flush=True,
            )


def _decks(folder: Path, count: int) -> Path:
    """Write copies of the sample's decks, no two of them the same."""
    folder.mkdir()
    samples = sorted(_SEMINAR.glob("*.pptx"))
    for nth in range(count):
        deck = Presentation(str(samples[nth % len(samples)]))
        deck.core_properties.title = f"Kopia {nth}"
        deck.save(str(folder / f"{nth:04d}.pptx"))
    return folder


def _measured(archive: Archive, decks: Path, count: int) -> tuple[float, int]:
    """Return the seconds from the start of the processes' work until nothing waits, and the pages read."""
    take(archive, decks, file_max_bytes=_FILE_MAX_BYTES)
    begun_s = time.monotonic()
    with ExitStack() as running:
        for _ in range(count):
            running.enter_context(_worker(archive.settings.data))
        while _pending(archive):
            time.sleep(_LOOK_S)
        took_s = time.monotonic() - begun_s
    with archive.database.read() as session:
        return took_s, sum(document_totals(session).pages.values())


@contextmanager
def _worker(data: Path) -> Iterator[None]:
    """Run a worker process while the context lasts."""
    process = subprocess.Popen(
        [*_COMMAND, "--data", str(data), "worker", "--quiet"],
        env={**os.environ, "ARCHIVE_WORKERS": "1"},
        stdout=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def _pending(archive: Archive) -> int:
    with archive.database.read() as session:
        return sum(jobs.pending(session).values())
