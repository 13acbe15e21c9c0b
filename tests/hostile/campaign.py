"""Reads hostile files as an ingest would, a good file after each, and counts what came of it.

`python -m tests.hostile.campaign COUNT [SEED]` prints the counts as one JSON object. It is a process of its
own: if it dies, a hostile file has taken the archive down. It adopts orphans, so that none gets lost unseen.
"""

import ctypes
import json
import os
import queue
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import chain, count, islice
from pathlib import Path

import psutil

from archive.errors import PictureError
from archive.ingest.extractors.base import ReadLimits
from archive.ingest.filetypes.detect import detect
from archive.ingest.filetypes.media_types import PDF
from archive.ingest.intake import unpacking
from archive.ingest.reading.draw_pages import Drawable, draw_pages
from archive.ingest.reading.extract_file import read_file
from archive.ingest.sandbox.base import Limits, Sandbox
from archive.ingest.sandbox.forking import ForkingSandbox
from archive.ingest.sandbox.open_sandbox import open_sandbox
from archive.model.extraction import Extraction, Outcome
from archive.settings.sections import PictureSettings
from tests.hostile.mutations import mutations
from tests.hostile.package_attacks import package_attacks
from tests.hostile.pdf_attacks import pdf_attacks
from tests.hostile.pdf_content_attacks import pdf_content_attacks
from tests.hostile.sources import GoodFile, HostileFile, good_files
from tests.hostile.xml_attacks import xml_attacks

LIMITS = Limits(
    wall_time_s=60.0,
    # Many tricks are stopped by this alone: most of what a campaign takes. A good file needs a tenth of it.
    cpu_time_s=1 if isinstance(open_sandbox(), ForkingSandbox) else 4,
    memory_max_bytes=1024 << 20,
    output_max_bytes=16 << 20,
    reading=ReadLimits(pages_max=500, page_text_max_chars=100_000),
)
GRACE_S = 60.0
"""How long after its time a child may still keep the parent: it is killed and waited for."""

_WORKERS = 2
_DRAWN_EVERY = 10
_UNPACKED_EVERY = 3
_SMALL_ZIP = unpacking.UnpackBounds(
    unpacked_max_bytes=32 << 20, file_max_bytes=8 << 20, wall_time_s=LIMITS.wall_time_s, cpu_time_s=1
)
_SMALL = PictureSettings(large_width_px=320, small_width_px=80)
_ADOPT_ORPHANS = 36  # PR_SET_CHILD_SUBREAPER, prctl(2)


@dataclass
class Report:
    """The counts. What names files is empty when all is well, `crashed` and `slowest` excepted."""

    files: int = 0
    seconds: float = 0.0
    categories: Counter[str] = field(default_factory=Counter)
    drawn: int = 0
    unpacked: int = 0
    crashed: list[str] = field(default_factory=list)
    slowest: list[tuple[float, str]] = field(default_factory=list)
    child_peak_mib: float = 0.0
    uncategorised: list[str] = field(default_factory=list)
    empty_success: list[str] = field(default_factory=list)
    beyond_time: list[str] = field(default_factory=list)
    next_file_spoilt: list[str] = field(default_factory=list)
    left_files: list[str] = field(default_factory=list)
    left_processes: list[str] = field(default_factory=list)


def hostile_files(total: int, seed: int) -> Iterator[HostileFile]:
    """Yield `total` files: all tricks, then damaged files with the seed."""
    made = chain(package_attacks(), xml_attacks(), pdf_attacks(), pdf_content_attacks())
    tricks = list(islice(made, total))
    yield from tricks
    yield from mutations(total - len(tricks), seed)


class _Reader:
    """One worker: a sandbox of its own and a file that is written over and over."""

    def __init__(self, folder: Path, number: int, report: Report) -> None:
        self._file = folder / f"worker-{number}"
        self._sandbox: Sandbox = open_sandbox()
        self._unpacking = ForkingSandbox(unpacking.REGISTRY)
        self._report = report

    def close(self) -> None:
        self._sandbox.close()
        self._unpacking.close()
        self._file.unlink(missing_ok=True)

    def take(self, number: int, hostile: HostileFile) -> None:
        """Read the hostile file, now and then draw or unpack it, then read a good one."""
        self._file.write_bytes(hostile.data)
        self._try(hostile, self._read)
        if hostile.media_type == PDF and number % _DRAWN_EVERY == 0:
            self._try(hostile, self._draw)
        if hostile.data.startswith(b"PK") and number % _UNPACKED_EVERY == 0:
            self._try(hostile, self._unpack)
        if not self._reads(good_files()[number % len(good_files())]):
            self._report.next_file_spoilt.append(hostile.name)

    def _try(self, hostile: HostileFile, action: Callable[[HostileFile], None]) -> None:
        """Do something with the file: it must end in its time and without an error."""
        began = time.monotonic()
        try:
            action(hostile)
        except Exception as error:
            self._report.uncategorised.append(f"{hostile.name}: {type(error).__name__}")
        seconds = time.monotonic() - began
        if seconds > LIMITS.wall_time_s + GRACE_S:
            self._report.beyond_time.append(f"{hostile.name}: {seconds:.1f} s")
        slowest = [*self._report.slowest, (round(seconds, 2), hostile.name)]
        self._report.slowest = sorted(slowest, reverse=True)[:12]

    def _read(self, hostile: HostileFile) -> None:
        media_type = detect(self._file) or hostile.media_type
        self._judge(hostile, read_file(self._sandbox, self._file, media_type, LIMITS))

    def _judge(self, hostile: HostileFile, extraction: Extraction) -> None:
        self._report.categories[extraction.category.value] += 1
        if extraction.category is Outcome.CRASH:
            self._report.crashed.append(f"{hostile.name}: {extraction.message}")
        has_words = any(block.text.strip() for page in extraction.pages for block in page.blocks)
        if extraction.category is Outcome.OK and not has_words:
            self._report.empty_success.append(hostile.name)

    def _draw(self, _: HostileFile) -> None:
        self._report.drawn += 1
        try:
            with draw_pages(self._sandbox, Drawable(self._file), LIMITS, _SMALL) as pictures:
                for _picture in islice(pictures, 5):
                    pass
        except PictureError:
            pass  # the outcome that is told

    def _unpack(self, _: HostileFile) -> None:
        """Take the file for a zip of documents; what comes out goes away again."""
        self._report.unpacked += 1
        with unpacking.unpacked(self._file, None, _SMALL_ZIP, self._unpacking) as content:
            for path in content.folder.rglob("*"):
                if path.is_symlink() or not path.resolve().is_relative_to(content.folder):
                    raise AssertionError(path)

    def _reads(self, good: GoodFile) -> bool:
        self._file.write_bytes(good.data)
        extraction = read_file(self._sandbox, self._file, good.media_type, LIMITS)
        read = tuple(" ".join(block.text for block in page.blocks) for page in extraction.pages)
        return extraction.category is Outcome.OK and read == good.words


def run(total: int, seed: int, folder: Path) -> Report:
    """Read `total` hostile files in `folder`, two at a time, and return the counts."""
    report, began = Report(), time.monotonic()
    readers = [_Reader(folder, number, report) for number in range(_WORKERS)]
    free: queue.SimpleQueue[_Reader] = queue.SimpleQueue()
    for reader in readers:
        free.put(reader)
    room: queue.Queue[None] = queue.Queue(4 * _WORKERS)

    def one(number: int, hostile: HostileFile) -> None:
        reader = free.get()
        try:
            reader.take(number, hostile)
        finally:
            free.put(reader)
            room.get()

    with ThreadPoolExecutor(_WORKERS) as pool:
        tasks = []
        for number, hostile in zip(count(), hostile_files(total, seed), strict=False):
            room.put(None)  # so that few files wait in memory
            tasks.append(pool.submit(one, number, hostile))
        for task in tasks:
            task.result()
    report.files = len(tasks)
    for reader in readers:
        reader.close()
    report.seconds = round(time.monotonic() - began, 1)
    return report


def main() -> None:
    """Run the campaign that the command line asks for."""
    total, seed = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1
    if hasattr(os, "pidfd_open"):
        ctypes.CDLL(None).prctl(_ADOPT_ORPHANS, 1, 0, 0, 0)
    with tempfile.TemporaryDirectory() as name:
        tempfile.tempdir = name
        report = run(total, seed, Path(name))
        report.left_files = sorted(str(path) for path in Path(name).rglob("*"))
    report.left_processes = [" ".join(one.cmdline()) for one in psutil.Process().children(recursive=True)]
    # Kilobytes on Linux; the largest of all descendants that have been waited for.
    report.child_peak_mib = round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024, 1)
    print(json.dumps(vars(report), ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
