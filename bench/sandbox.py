"""Measures what the sandbox costs a file: `python -m bench.sandbox [COUNT]`.

A reader is asked for a type that it does not know: what is left is to start a confined child, hand it the
file and hear its answer. ms are wall times of one file; the first file of an sandbox starts its server.
"""

import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from rich.console import Console
from rich.table import Table

from archive.ingest.extractors.base import ReadLimits
from archive.ingest.reading.extract_file import read_file
from archive.ingest.sandbox.base import Limits, Sandbox
from archive.ingest.sandbox.forking import ForkingSandbox
from archive.ingest.sandbox.spawning import FreshSandbox
from archive.model.extraction import Outcome

_MIB = 1024 * 1024
_LIMITS = Limits(120.0, 60, 512 * _MIB, 2 * _MIB, ReadLimits(100, 50_000))
_FRESH_SHARE = 10


def main(arguments: Sequence[str]) -> int:
    """Measure both kinds of sandbox and print the table."""
    count = int(arguments[0]) if arguments else 200
    table = Table("Sandbox", "files", "first ms", "least ms", "median ms", "95 % ms", "most ms")
    for kind, files in ((ForkingSandbox, count), (FreshSandbox, max(count // _FRESH_SHARE, 2))):
        with closing(kind()) as sandbox:
            first_ms, *times_ms = _times_ms(sandbox, files + 1)
            times_ms.sort()
            figures = (first_ms, times_ms[0], times_ms[files // 2], times_ms[files * 95 // 100], times_ms[-1])
            table.add_row(sandbox.name, str(files), *(f"{ms:.1f}" for ms in figures))
    Console(width=100).print(table)
    return 0


def _times_ms(sandbox: Sandbox, count: int) -> list[float]:
    times_ms = []
    with tempfile.NamedTemporaryFile() as file:
        for _ in range(count):
            start_s = time.perf_counter()
            extraction = read_file(sandbox, Path(file.name), "test/no-reader", _LIMITS)
            times_ms.append((time.perf_counter() - start_s) * 1000)
            assert extraction.category is Outcome.UNSUPPORTED_TYPE
    return times_ms


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
