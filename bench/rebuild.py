"""Times `archive rebuild` by the number of processes: `python -m bench.rebuild --pages N [--json]`.

The whole command, with the Swedish analysis, on an archive of synthetic slides that is made first.
`--processes 1,2` says how many to compare; they take turns in each of `--rounds`, and the median counts.
`--data FOLDER` keeps the archive, and uses one that is there.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from archive.app import open_archive
from archive.catalogue import statistics
from archive.catalogue.statistics import Counts
from archive.settings.settings import load_settings
from bench.report import Row, print_table, value_row
from bench.synthetic.catalogue import fill_catalogue
from bench.synthetic.corpus import load_text
from bench.synthetic.decks import DeckMaker


def main(arguments: Sequence[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.rebuild", description=__doc__)
    parser.add_argument("--pages", type=int, default=20_000, help="how many slides (default 20000)")
    parser.add_argument(
        "--processes", type=_numbers, default=[1, 2], help="how many to compare (default 1,2)"
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--data", type=Path, help="keep the archive here, and use one that is there")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        data = options.data or Path(temporary) / "data"
        counts = _archive(data, options.pages, options.seed)
        rows = _compared(data, counts, options.processes, options.rounds)
    if options.json:
        print(json.dumps({"pages": counts.pages, "rows": rows}, ensure_ascii=False))
    else:
        print_table(rows)
    return 0


def _numbers(text: str) -> list[int]:
    return [int(number) for number in text.split(",")]


def _archive(data: Path, page_count: int, seed: int) -> Counts:
    """Make the archive unless it exists; return how much it has."""
    is_new = not data.exists()
    with open_archive(load_settings(data)) as archive:
        if is_new:
            fill_catalogue(archive, DeckMaker(load_text(), seed), page_count)
        with archive.database.read() as session:
            return statistics.counts(session)


@dataclass(frozen=True, slots=True)
class _Run:
    """What the command and the processes it started took; the memory is that of the greatest of them."""

    wall_s: float
    cpu_s: float
    peak_mib: float


def _compared(data: Path, counts: Counts, compared: Sequence[int], rounds: int) -> list[Row]:
    taken: dict[int, list[_Run]] = {processes: [] for processes in compared}
    for round_ in range(rounds):
        at = round_ % len(compared)
        for processes in [*compared[at:], *compared[:at]]:
            taken[processes].append(_rebuild(data, processes))
    rows = []
    for processes, runs in taken.items():
        name = f"{processes} processes" if processes > 1 else "1 process"
        wall_s, cpu_s = median(run.wall_s for run in runs), median(run.cpu_s for run in runs)
        rows += [
            value_row("rebuild, documents", name, counts.documents / wall_s, "per s"),
            value_row("rebuild, slides", name, counts.pages / wall_s, "per s"),
            value_row("rebuild, slides by CPU", name, counts.pages / cpu_s, "per CPU s"),
            value_row("peak of the greatest process", name, max(run.peak_mib for run in runs), "MiB"),
        ]
    return rows


def _rebuild(data: Path, processes: int) -> _Run:
    environment = os.environ | {"ARCHIVE_INDEX_PROCESSES": str(processes)}
    command = [sys.executable, "-m", "archive.cli.main", "--data", str(data), "rebuild", "--quiet"]
    began = time.monotonic()
    process = subprocess.Popen(command, env=environment)
    _, status, used = os.wait4(process.pid, 0)
    run = _Run(time.monotonic() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"`archive rebuild` ended with {process.returncode}.")
    print(f"{processes}: {run.wall_s:.1f} s, {run.cpu_s:.1f} s of CPU", file=sys.stderr)
    return run


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
