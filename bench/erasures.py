"""Erasures killed at random points: begun again, nothing is left, and all other documents are as they were.

    python -m bench.erasures --kills 40

Prints how many were killed before, within and after the erasure; every failure is told with its seed.
`tests/erasing/test_killed.py` runs a few of the same.
"""

import argparse
import random
import shutil
import sqlite3
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from archive.app import Archive, open_archive
from archive.catalogue import documents
from archive.catalogue.erasing import erasures
from tests.erasing.person import WORDS, Filled, fill
from tests.erasing.traces import traces
from tests.forked import Forked
from tests.ingest.ingests import settings_for
from tests.waiting import let_run, wait_until

REASON = "bench"
_REMOVING_S = 0.4


@dataclass(frozen=True)
class Ground:
    """An archive in which somebody is everywhere, as a folder to copy, and how long an erasure takes."""

    data: Path
    filled: Filled
    others: dict[str, bytes]
    takes_s: float


def ground(folder: Path) -> Ground:
    """Make the archive, and erase once from a copy without a kill."""
    data = folder / "first" / "data"
    with open_archive(settings_for(data)) as archive:
        filled = fill(archive, folder / "in")
        others = _bytes(archive, filled.others)
    if not traces(data, *WORDS):
        raise AssertionError("the name is not where it is to be erased from")
    shutil.copytree(data, folder / "whole" / "data", symlinks=True)
    began_s = time.monotonic()
    with _erase(folder / "whole" / "data", filled) as child:
        child.wait()
    takes_s = time.monotonic() - began_s
    shutil.rmtree(folder / "whole")
    return Ground(data, filled, others, takes_s)


def killed(there: Ground, folder: Path, after_s: float, is_late: bool) -> tuple[str, list[str]]:
    """Kill an erasure and begin it again; return what the kill left, and what was wrong at the end.

    `is_late`: the time counts from when the words are gone from the catalogue, and bytes begin to go.
    """
    data = folder / "data"
    shutil.copytree(there.data, data, symlinks=True)
    with _erase(data, there.filled) as child:
        if is_late:
            wait_until(lambda: child.poll() is not None or _is_noted(data), "the erasure in the catalogue")
        let_run(child, after_s)
        child.kill()
    left = _state(data)
    wrong = []
    with _erase(data, there.filled) as again:
        # A record that is gone already is not there to be erased, and that is said.
        if again.wait() and left != "after":
            wrong.append("the second try failed")
    wrong += traces(data, *WORDS)
    with open_archive(settings_for(data)) as archive:
        wrong += list(archive.problems())
        if _bytes(archive, there.filled.others) != there.others:
            wrong.append("other documents have other bytes")
    shutil.rmtree(folder)
    return left, wrong


def _erase(data: Path, filled: Filled) -> Forked:
    return Forked("--data", data, "erase", "person", filled.person_id, "--reason", REASON)


def _is_noted(data: Path) -> bool:
    with closing(sqlite3.connect(f"file:{data / 'catalogue.db'}?mode=ro", uri=True)) as connection:
        return bool(connection.execute("SELECT count(*) FROM erasure").fetchone()[0])


def _state(data: Path) -> str:
    with open_archive(settings_for(data)) as archive, archive.database.read() as session:
        known = erasures.all_of(session)
    if not known:
        return "before"
    return "after" if all(one.is_done for one in known) else "within"


def _bytes(archive: Archive, document_ids: tuple[str, ...]) -> dict[str, bytes]:
    found = {}
    with archive.database.read() as session:
        for document_id in document_ids:
            sha256 = documents.document(session, document_id).version.original.sha256
            found[document_id] = archive.originals.path(sha256).read_bytes()
    return found


def campaign(count: int, seed: int) -> tuple[Counter[str], list[str]]:
    """Kill so many erasures at random points; return what the kills left, and what was wrong."""
    lefts: Counter[str] = Counter()
    failures: list[str] = []
    chosen = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        there = ground(folder)
        for number in range(count):
            is_late = number % 3 > 0  # most of the time goes into the search of files, before
            after_s = chosen.random() * (_REMOVING_S if is_late else there.takes_s)
            left, wrong = killed(there, folder / str(number), after_s, is_late)
            lefts[left] += 1
            failures += [f"seed {seed}, kill {number} after {after_s:.2f} s ({left}): {one}" for one in wrong]
            print(f"{number + 1} killed, {dict(lefts)}, {len(failures)} wrong", flush=True)
    return lefts, failures


def main() -> None:
    """Run the campaign and print what it showed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    lefts, failures = campaign(given.kills, given.seed)
    print(f"{given.kills} erasures killed: {dict(lefts)}; wrong in all: {len(failures)}")
    for one in failures:
        print(one)
    raise SystemExit(1 if failures else 0)


if __name__ == "__main__":
    main()
