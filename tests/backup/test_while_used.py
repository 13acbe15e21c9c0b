"""Backups that are begun while others write, and backups that are killed: each that is finished restores."""

import random
import threading
from pathlib import Path

from archive.app import Archive
from archive.backup.folder_place import FolderPlace
from archive.backup.making import back_up
from archive.backup.place import snapshots
from archive.backup.restoring import restore
from archive.catalogue import documents
from tests.backup.archives import add_pictured, backed_up, filled, ignored
from tests.filled_archive import opened
from tests.forked import Forked
from tests.waiting import let_run

_BACKUPS = 4
_KILLS = 4


class _Writing:
    """Takes in documents, edits and withdraws them, until it is stopped; knows what was acknowledged."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._stops = threading.Event()
        self._thread = threading.Thread(target=self._write)
        self.acknowledged: dict[str, bool] = {}
        """By document whether it is withdrawn."""
        self.failures: list[Exception] = []

    def __enter__(self) -> "_Writing":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stops.set()
        self._thread.join()

    def _write(self) -> None:
        chosen, number = random.Random(18), 0
        try:
            while not self._stops.wait(chosen.random() / 20):
                number += 1
                made = add_pictured(self._archive, f"Nytt {number}", f"Ord {chosen.choice('abcdefgh')}arkiv")
                self.acknowledged[made] = False
                if chosen.random() < 0.3:
                    gone = chosen.choice([one for one, is_gone in self.acknowledged.items() if not is_gone])
                    with self._archive.database.write() as session:
                        documents.withdraw(session, gone, "test")
                    self.acknowledged[gone] = True
                self._archive.indexer.catch_up()
        except Exception as error:
            self.failures.append(error)


def test_each_backup_begun_under_load_has_all_that_was_acknowledged(tmp_path: Path) -> None:
    place, known = FolderPlace(tmp_path / "kept"), {}
    with filled(tmp_path) as archive, _Writing(archive) as writing:
        for _ in range(_BACKUPS):
            acknowledged = dict(writing.acknowledged)
            known[back_up(archive, place, ignored).name] = acknowledged
    assert writing.failures == []
    assert writing.acknowledged
    for name, acknowledged in known.items():
        restored = restore(place, tmp_path / name / "data", ignored, at=name)
        assert restored.is_whole, (name, restored.proof)
        with opened(tmp_path / name) as again:
            assert list(again.problems()) == []
            with again.database.read() as session:
                live = set(documents.document_ids(session))
                for one in acknowledged:
                    assert documents.versions(session, one), "it is there, withdrawn or not"
        assert not {one for one, is_gone in acknowledged.items() if is_gone} & live


def test_killed_backup_leaves_earlier_ones_whole_and_the_next_clears_it(tmp_path: Path) -> None:
    place = FolderPlace(tmp_path / "kept")
    with filled(tmp_path) as archive:
        first = backed_up(archive, tmp_path / "kept").name
        for number in range(30):
            add_pictured(archive, f"Nytt {number}", "Mycket nytt")
        archive.indexer.catch_up()
        chosen = random.Random(4)
        for _ in range(_KILLS):
            with Forked("--data", tmp_path / "data", "backup", tmp_path / "kept") as child:
                let_run(child, chosen.random() * 1.5)
                child.kill()
            assert first in snapshots(place)
        last = backed_up(archive, tmp_path / "kept").name
        assert not list((tmp_path / "kept" / "unfinished").iterdir())
    for name in (first, last):
        assert restore(place, tmp_path / f"of-{name}", ignored, at=name).is_whole
