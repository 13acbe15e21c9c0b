"""Measures the path of a file and a search, and prints one table: CPU, wall, ratio to a named reference.

`python -m bench.foundation [FOLDER]`; the folder defaults to the shared corpus next to the checkout.
References are measured in the same run, since machines vary: only the ratios mean something.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.foundation.searches import measure_searches
from bench.foundation.stages import measure_stages
from bench.meter import Meter

CORPUS = Path(__file__).parents[2] / ".." / "shared" / "corpus" / "nosad"
Row = tuple[str, float, float, str, float | None]


def main(arguments: Sequence[str]) -> int:
    """Measure everything and print the table."""
    corpus = Path(arguments[0]) if arguments else CORPUS
    if not corpus.is_dir():
        print(f"There is no folder {corpus}: give one with decks and reports.", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = [*measure_ingests(corpus, folder / "whole")]
        rows += measure_stages(corpus, folder / "stages")
        rows += measure_searches(folder / "whole")
    rows += measure_starts()
    print_rows(rows)
    return 0


def measure_ingests(corpus: Path, data: Path) -> list[Row]:
    """Run the real command twice, each in a process whose memory is its own."""
    runs = [_run(["--data", str(data), "ingest", "--quiet", str(corpus)]) for _ in range(2)]
    (first, peaks), (second, _) = runs
    cores = first.cpu_s / first.wall_s
    return [
        ("ingest, whole command", first.cpu_s, first.wall_s, "cores used", cores),
        ("ingest again", second.cpu_s, second.wall_s, "the first ingest", second.cpu_s / first.cpu_s),
        (
            f"peak memory: parent {peaks['self']:.0f} MiB, children {peaks['children']:.0f} MiB",
            0,
            0,
            "",
            None,
        ),
    ]


def measure_starts() -> list[Row]:
    """Start the command and the web app, each against starting the interpreter alone."""
    python = _cpu_of([sys.executable, "-c", "pass"])
    help_ = _cpu_of([sys.executable, "-m", "archive.cli.main", "--help"])
    web = _cpu_of([sys.executable, "-c", "import archive.app, archive.web.factory"])
    reference = "python -c pass"
    return [
        ("archive --help", help_.cpu_s, help_.wall_s, reference, help_.cpu_s / python.cpu_s),
        ("import of the web app", web.cpu_s, web.wall_s, reference, web.cpu_s / python.cpu_s),
    ]


def _cpu_of(command: list[str], times: int = 5) -> Meter:
    with Meter() as meter:
        for _ in range(times):
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return Meter(meter.cpu_s / times, meter.wall_s / times)


_REPORT_PEAKS = """
import json, resource, sys
from archive.cli.main import main
try:
    main(sys.argv[2:])
finally:
    with open(sys.argv[1], "w") as file:
        json.dump({"self": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
                   "children": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024}, file)
"""


def _run(arguments: list[str]) -> tuple[Meter, dict[str, float]]:
    with tempfile.NamedTemporaryFile() as report, Meter() as meter:
        subprocess.run(
            [sys.executable, "-c", _REPORT_PEAKS, report.name, *arguments], check=False, env=dict(os.environ)
        )
        peaks: dict[str, float] = json.loads(Path(report.name).read_text())
    return meter, peaks


def print_rows(rows: Sequence[Row]) -> None:
    """Print the table."""
    table = Table("What", "CPU s", "wall s", "ratio", "reference")
    for name, cpu_s, wall_s, reference, ratio in rows:
        times = (f"{cpu_s:.3f}", f"{wall_s:.3f}") if wall_s else ("", "")
        table.add_row(name, *times, "" if ratio is None else f"{ratio:.2f}", reference)
    Console(width=120).print(table)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
