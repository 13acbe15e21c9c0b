"""Restoring: the same archive, proved, or one line and nothing touched."""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from archive.app import Archive
from archive.backup.folder_place import FolderPlace
from archive.backup.place import snapshots
from archive.backup.restoring import restore
from archive.catalogue import jobs, statistics
from archive.catalogue.database import copying
from archive.errors import ArchiveError, BackupDamaged, BackupRefused, InputError
from archive.model.jobs import JobKind
from archive.model.visibility import Visibility
from tests.backup.archives import add_pictured, backed_up, exchange, files_below, filled, flip, ignored
from tests.filled_archive import ask, opened


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with filled(tmp_path_factory.mktemp("archive")) as made:
        yield made


@pytest.fixture(scope="module")
def first_kept(archive: Archive, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a backup that is only copied."""
    folder = tmp_path_factory.mktemp("backup") / "kept"
    backed_up(archive, folder)
    return folder


@pytest.fixture
def kept(first_kept: Path, tmp_path: Path) -> Path:
    """Return a folder with a backup of its own, on which nothing else depends."""
    return Path(shutil.copytree(first_kept, tmp_path / "kept", symlinks=True))


def test_restored_archive_is_the_same_and_lives_on(archive: Archive, kept: Path, tmp_path: Path) -> None:
    restored = restore(FolderPlace(kept), tmp_path / "new" / "data", ignored)
    assert restored.is_whole
    assert restored.proof.opened == 4
    assert restored.proof.asked > 10
    with opened(tmp_path / "new") as again:
        differing = copying.differences(archive.database, again.database)
        assert differing == ()
        assert again.database.epoch != archive.database.epoch
        assert list(again.problems()) == []
        assert ask(again, "gruvor", Visibility.STAFF).total_groups == 1
        add_pictured(again, "Efteråt", "Skrivet efter återställningen")
        again.indexer.catch_up()
        assert ask(again, "återställningen", Visibility.STAFF).total_groups == 1
        assert backed_up(again, kept).added == 3  # the restored archive goes on in the same place
    assert not list(tmp_path.glob("new/.*restoring*"))


def test_restored_folder_is_for_its_owner_alone(kept: Path, tmp_path: Path) -> None:
    restore(FolderPlace(kept), tmp_path / "new", ignored)
    modes = {path.stat().st_mode & 0o077 for path in (tmp_path / "new", *tmp_path.glob("new/*"))}
    assert modes <= {0, 0o044}
    assert (tmp_path / "new").stat().st_mode & 0o077 == 0
    assert (tmp_path / "new" / "catalogue.db").stat().st_mode & 0o077 == 0


def test_nothing_is_restored_over_anything(kept: Path, tmp_path: Path) -> None:
    (tmp_path / "living").mkdir()
    (tmp_path / "living" / "catalogue.db").write_bytes(b"mine")
    with pytest.raises(BackupRefused, match="writes over nothing"):
        restore(FolderPlace(kept), tmp_path / "living", ignored)
    assert files_below(tmp_path / "living") == {"catalogue.db": b"mine"}
    (tmp_path / "empty").mkdir()
    assert restore(FolderPlace(kept), tmp_path / "empty", ignored).is_whole


def _only(kept: Path) -> Path:
    (name,) = snapshots(FolderPlace(kept))
    return kept / "snapshots" / name


def _rewrite_manifest(kept: Path, **values: object) -> None:
    """Write other values into the manifest, and the sum that goes with them."""
    snapshot = _only(kept)
    told = json.loads((snapshot / "manifest.json").read_text("utf-8")) | values
    data = json.dumps(told).encode()
    (snapshot / "manifest.json").write_bytes(data)
    (snapshot / "manifest.sha256").write_text(f"{hashlib.sha256(data).hexdigest()}  manifest.json\n")


def _flip_in_snapshot(file: str) -> Callable[[Path], object]:
    return lambda kept: flip(_only(kept) / file)


def _an_object(kept: Path) -> Path:
    return next(path for path in sorted((kept / "objects").rglob("*")) if path.is_file())


def _truncate(path: Path) -> None:
    exchange(path, path.read_bytes()[:-100])


def _swap(kept: Path) -> None:
    first, second = [path for path in sorted((kept / "objects").rglob("*")) if path.is_file()][:2]
    ours, theirs = first.read_bytes(), second.read_bytes()
    exchange(first, theirs)
    exchange(second, ours)


FAULTS: dict[str, tuple[Callable[[Path], object], type[ArchiveError], str]] = {
    "flipped bit in an object": (lambda kept: flip(_an_object(kept)), BackupDamaged, "1 objects"),
    "missing object": (lambda kept: _an_object(kept).unlink(), BackupDamaged, "1 objects"),
    "truncated object": (lambda kept: exchange(_an_object(kept), b"1"), BackupDamaged, "1 objects"),
    "two objects swapped": (_swap, BackupDamaged, "2 objects"),
    "truncated catalogue": (lambda kept: _truncate(_only(kept) / "catalogue.db"), BackupDamaged, "cut off"),
    "flipped bit in the catalogue": (
        _flip_in_snapshot("catalogue.db"),
        BackupDamaged,
        "as it was",
    ),
    "missing catalogue": (lambda kept: (_only(kept) / "catalogue.db").unlink(), BackupDamaged, "gone"),
    "flipped bit in the manifest": (
        _flip_in_snapshot("manifest.json"),
        BackupDamaged,
        "manifest",
    ),
    "missing manifest": (lambda kept: (_only(kept) / "manifest.json").unlink(), BackupDamaged, "manifest"),
    "flipped bit in a list": (
        _flip_in_snapshot("originals.sha256"),
        BackupDamaged,
        "originals",
    ),
    "newer format": (lambda kept: _rewrite_manifest(kept, format_version=2), BackupRefused, "newer version"),
    "newer tables": (lambda kept: _rewrite_manifest(kept, revision="9999"), BackupRefused, "newer version"),
    "foreign manifest": (lambda kept: _rewrite_manifest(kept, format="restic"), BackupRefused, "no backup"),
    "wrong count": (lambda kept: _rewrite_manifest(kept, tables={"document": 5}), BackupDamaged, "catalogue"),
    "foreign place": (
        lambda kept: (kept / "archive-backup.json").write_text("{}"),
        BackupRefused,
        "no backup",
    ),
    "no room": (
        lambda kept: _rewrite_manifest(
            kept,
            objects={
                kind: {"count": 1, "size_bytes": 10**18, "list": {"sha256": "0" * 64, "size_bytes": 1}}
                for kind in ("originals", "pictures")
            },
        ),
        BackupRefused,
        "free",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_faulty_backup_is_one_line_and_nothing_is_touched(fault: str, kept: Path, tmp_path: Path) -> None:
    plant, error, words = FAULTS[fault]
    plant(kept)
    before = files_below(kept)
    with pytest.raises(error, match=words) as told:
        restore(FolderPlace(kept), tmp_path / "new", ignored)
    assert "\n" not in told.value.message
    assert files_below(kept) == before
    assert {path.name for path in tmp_path.iterdir()} == {"kept"}


def test_what_can_be_is_restored_where_that_is_asked_for(kept: Path, tmp_path: Path) -> None:
    damaged = _an_object(kept)
    flip(damaged)
    restored = restore(FolderPlace(kept), tmp_path / "new", ignored, incomplete=True)
    assert restored.lost == (damaged.name,)
    assert not restored.is_whole
    assert restored.proof.opened == 4


def test_answer_that_is_not_the_same_is_told(kept: Path, tmp_path: Path) -> None:
    told = json.loads((_only(kept) / "manifest.json").read_text("utf-8"))
    told["questions"][0]["slides"] += 1
    several = next(one for one in told["questions"][1:] if len(one["order"]) > 1)
    several["order"].reverse()
    _rewrite_manifest(kept, questions=told["questions"])
    restored = restore(FolderPlace(kept), tmp_path / "new", ignored)
    assert restored.proof.differing == (told["questions"][0]["text"],)
    assert restored.proof.reordered == (several["text"],)
    assert not restored.is_whole


def test_backup_of_a_day_is_found(archive: Archive, kept: Path, tmp_path: Path) -> None:
    (first,) = snapshots(FolderPlace(kept))
    old = kept / "snapshots" / "20250102T030405Z"
    (kept / "snapshots" / first).rename(old)
    backed_up(archive, kept)
    place = FolderPlace(kept)
    for at in ("2025-01-02", "20250102T030405Z", "2026-01-01 12:00"):
        assert restore(place, tmp_path / at, ignored, at=at).name == old.name
    with pytest.raises(BackupRefused, match="no backup from"):
        restore(place, tmp_path / "new", ignored, at="2025-01-01")
    with pytest.raises(InputError):
        restore(place, tmp_path / "new", ignored, at="yesterday")


def test_restore_that_was_killed_is_cleared_by_the_next(kept: Path, tmp_path: Path) -> None:
    left = tmp_path / ".new.restoring"
    left.mkdir()
    (left / ".archive-backup").touch()
    (left / "catalogue.db").write_bytes(b"half")
    assert restore(FolderPlace(kept), tmp_path / "new", ignored).is_whole
    assert not left.exists()


def test_pictures_that_were_left_out_are_drawn_again(archive: Archive, tmp_path: Path) -> None:
    made = backed_up(archive, tmp_path / "kept", pictures=False)
    assert (made.pictures, made.added) == (0, 4)
    assert restore(FolderPlace(tmp_path / "kept"), tmp_path / "new" / "data", ignored).is_whole
    with opened(tmp_path / "new") as again, again.database.read() as session:
        assert jobs.pending(session)[JobKind.RENDER] == 4
        assert statistics.counts(session).pictures == 0
