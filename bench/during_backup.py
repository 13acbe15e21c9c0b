"""How much longer searches take while the archive is backed up: the same questions, side by side.

    python -m bench.during_backup --data FOLDER --place FOLDER

asks `archive serve` over HTTP in turn without and during backups, a stretch of each a round, so that what
else the machine does weighs on both. Each backup is a whole one into a new folder below `--place`, on another
disk best (on the archive's own its files are links); it runs as the service of docs/operations.md does, with
`nice`. Another begins where one ends before the stretch.
"""

import argparse
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from archive.app import open_archive
from archive.search.sample_questions import sample_questions
from archive.settings.settings import load_settings
from bench.load import Answers, ask_all, served
from bench.report import Row, print_table, value_row

_COMMAND = [sys.executable, "-m", "archive.cli.main"]


class _Backups:
    """Makes one backup after the other until it is stopped; the one that is going on is let end."""

    def __init__(self, data: Path, place: Path, nice: int) -> None:
        self._data, self._place, self._nice = data, place, nice
        self._stops = threading.Event()
        self.count = 0

    def run(self) -> None:
        while not self._stops.is_set():
            target = self._place / f"bench-{os.getpid()}"
            command = [*_COMMAND, "--data", str(self._data), "backup", "--anew", str(target)]
            subprocess.run(["nice", "-n", str(self._nice), *command], check=True, capture_output=True)
            shutil.rmtree(target)
            self.count += 1

    @contextmanager
    def going_on(self) -> Iterator[None]:
        """Make backups while the context lasts."""
        self._stops.clear()
        thread = threading.Thread(target=self.run)
        thread.start()
        try:
            yield
        finally:
            self._stops.set()
            thread.join()


def main(arguments: Sequence[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.during_backup", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="an archive; only backups are noted in it")
    parser.add_argument("--place", type=Path, required=True, help="where backups are made, and removed again")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--clients", type=int, default=1)
    parser.add_argument("--nice", type=int, default=10)
    options = parser.parse_args(arguments)
    quiet, busy = Answers(), Answers()
    with open_archive(load_settings(options.data)) as archive:
        addresses = [f"/?{urlencode({'q': text})}" for text in sample_questions(archive.engine)]
    backups = _Backups(options.data, options.place, options.nice)
    with served(options.data) as server:
        ask_all(server.port, addresses, options.clients)
        for _ in range(options.rounds):
            _add(quiet, ask_all(server.port, addresses, options.clients))
            with backups.going_on():
                _add(busy, ask_all(server.port, addresses, options.clients))
    print_table(_rows("without", quiet) + _rows("during backups", busy))
    growth = busy.percentile_ms(95) / quiet.percentile_ms(95) if quiet.times_s else 0.0
    print(f"p95 during {backups.count} backups: {growth:.2f} times that without")
    return 1 if quiet.errors or busy.errors else 0


def _add(to: Answers, more: Answers) -> None:
    to.times_s += more.times_s
    to.errors += more.errors
    to.wall_s += more.wall_s


def _rows(title: str, answers: Answers) -> list[Row]:
    return [
        {
            "work": title,
            "engine": "serve",
            "p50_ms": round(answers.percentile_ms(50), 2),
            "p95_ms": round(answers.percentile_ms(95), 2),
        },
        value_row(f"{title}: errors", "serve", answers.errors, f"of {len(answers.times_s) + answers.errors}"),
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
