"""Backups begun at random moments under ingest, edits and withdrawals, each restored and compared.

    python -m bench.backups --backups 1000 --kills 200

Prints how many were made, restored whole and lacked something acknowledged; every failure is told with the
seed. `tests/backup/test_while_used.py` runs a few of the same.
"""

import argparse
import random
import shutil
import subprocess
import tempfile
import threading
import time
from pathlib import Path

from archive.app import Archive
from archive.backup.folder_place import FolderPlace
from archive.backup.making import back_up
from archive.backup.place import snapshots
from archive.backup.restoring import restore
from archive.catalogue import documents
from tests.backup.archives import add_pictured, backed_up, filled, ignored
from tests.cli.commands import command
from tests.filled_archive import opened
from tests.waiting import let_run

_PER_ARCHIVE = 25


class _Load:
    """Adds and withdraws documents at random moments until stopped; knows what was acknowledged."""

    def __init__(self, archive: Archive, seed: int) -> None:
        self._archive, self._chosen = archive, random.Random(seed)
        self._stops = threading.Event()
        self.acknowledged: dict[str, bool] = {}
        self.thread = threading.Thread(target=self._run)

    def __enter__(self) -> "_Load":
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stops.set()
        self.thread.join()

    def _run(self) -> None:
        number = 0
        while not self._stops.wait(self._chosen.random() / 10):
            number += 1
            words = f"Ord {self._chosen.choice('abcdefgh')}arkiv {number}"
            made = add_pictured(self._archive, f"Nytt {number}", words)
            self.acknowledged[made] = False
            live = [one for one, is_gone in self.acknowledged.items() if not is_gone]
            if len(live) > 3 and self._chosen.random() < 0.4:
                gone = self._chosen.choice(live)
                with self._archive.database.write() as session:
                    documents.withdraw(session, gone, "bench")
                self.acknowledged[gone] = True
            self._archive.indexer.catch_up()


def under_load(count: int, seed: int) -> list[str]:
    """Make backups of an archive under load and restore each; return what was wrong."""
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        folder, known = Path(name), {}
        place, chosen = FolderPlace(folder / "kept"), random.Random(seed)
        with filled(folder) as archive, _Load(archive, seed) as load:
            for _ in range(count):
                time.sleep(chosen.random() / 2)
                acknowledged = dict(load.acknowledged)
                known[back_up(archive, place, ignored).name] = acknowledged
        for snapshot, acknowledged in known.items():
            wrong += _compared(place, folder / snapshot, snapshot, acknowledged, seed)
            shutil.rmtree(folder / snapshot)
    return wrong


def _compared(
    place: FolderPlace, folder: Path, snapshot: str, acknowledged: dict[str, bool], seed: int
) -> list[str]:
    restored = restore(place, folder / "data", ignored, at=snapshot)
    if not restored.is_whole:
        return [f"seed {seed}, {snapshot}: {restored.proof}"]
    with opened(folder) as again, again.database.read() as session:
        lost = [one for one in acknowledged if not documents.versions(session, one)]
        live = set(documents.document_ids(session))
    back = [one for one, is_gone in acknowledged.items() if is_gone and one in live]
    return [f"seed {seed}, {snapshot}: {one} is lost or back" for one in [*lost, *back]]


def killed(count: int, seed: int) -> list[str]:
    """Kill backups at random points; return what was wrong with earlier ones or the next."""
    wrong: list[str] = []
    chosen = random.Random(seed)
    with tempfile.TemporaryDirectory() as name, filled(Path(name)) as archive:
        folder = Path(name)
        place = FolderPlace(folder / "kept")
        first = backed_up(archive, folder / "kept").name
        for number in range(count):
            add_pictured(archive, f"Nytt {number}", f"Ord {number}")
            archive.indexer.catch_up()
            child = subprocess.Popen(
                command(folder / "data", "backup", folder / "kept"),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            let_run(child, 0.3 + chosen.random() * 3)
            child.kill()
            child.wait()
            if first not in snapshots(place):
                wrong.append(f"seed {seed}, kill {number}: an earlier backup is gone")
        last = backed_up(archive, folder / "kept").name
        if list((folder / "kept" / "unfinished").iterdir()):
            wrong.append(f"seed {seed}: half backups are left")
        for snapshot in (first, last):
            if not restore(place, folder / snapshot, ignored, at=snapshot).is_whole:
                wrong.append(f"seed {seed}, {snapshot}: not whole")
    return wrong


def main() -> None:
    """Run the campaign and print what it showed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--backups", type=int, default=100)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    wrong: list[str] = []
    for done in range(0, given.backups, _PER_ARCHIVE):
        wrong += under_load(min(_PER_ARCHIVE, given.backups - done), given.seed + done)
        print(f"{min(done + _PER_ARCHIVE, given.backups)} backups restored, {len(wrong)} wrong", flush=True)
    wrong += killed(given.kills, given.seed)
    print(f"{given.kills} backups killed; wrong in all: {len(wrong)}")
    for one in wrong:
        print(one)
    raise SystemExit(1 if wrong else 0)


if __name__ == "__main__":
    main()
