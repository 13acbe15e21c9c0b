import os
import subprocess
import sys
from pathlib import Path

import pytest

from archive.errors import StorageError
from archive.ingest.worker_locks import dead_workers, worker_lock

BE_OWNER = """
import sys
from pathlib import Path
from archive.ingest.worker_locks import worker_lock
with worker_lock(Path(sys.argv[1])) as name:
    print(name, flush=True)
    sys.stdin.read()
"""


def test_owner_that_lives_is_not_dead(tmp_path: Path) -> None:
    with worker_lock(tmp_path / "workers") as name:
        assert dead_workers(tmp_path / "workers", [name]) == []
        assert (tmp_path / "workers" / f"{name}.lock").exists()


def test_owner_that_has_ended_is_dead_and_leaves_no_file(tmp_path: Path) -> None:
    with worker_lock(tmp_path) as name:
        pass
    assert dead_workers(tmp_path, [name]) == [name]
    assert list(tmp_path.iterdir()) == []


def test_killed_process_is_dead_at_once(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", BE_OWNER, str(tmp_path)],
        stdout=subprocess.PIPE,
        stdin=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        name = process.stdout.readline().strip()
        assert dead_workers(tmp_path, [name]) == []
        process.kill()
        process.wait()
        assert dead_workers(tmp_path, [name]) == [name]
    assert not (tmp_path / f"{name}.lock").exists()


def test_names_of_other_machines_are_left_alone(tmp_path: Path) -> None:
    with worker_lock(tmp_path) as name:
        pass
    elsewhere = f"en-annan-maskin-{name}"
    assert dead_workers(tmp_path, [elsewhere, name]) == [name]


def test_names_are_unique(tmp_path: Path) -> None:
    with worker_lock(tmp_path) as first, worker_lock(tmp_path) as second:
        assert first != second


def test_where_there_are_no_locks_nobody_is_dead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(38, "no locks here")

    monkeypatch.setattr("fcntl.flock", refuse)
    with worker_lock(tmp_path) as name:
        assert dead_workers(tmp_path, [name]) == []


def test_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "fil").touch()
    with pytest.raises(StorageError), worker_lock(tmp_path / "fil" / "workers"):
        pass


def test_lock_is_not_inherited_by_children(tmp_path: Path) -> None:
    with worker_lock(tmp_path) as name:
        child = subprocess.Popen(
            [sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE
        )
    try:
        (tmp_path / f"{name}.lock").touch(os.O_RDWR)
        assert dead_workers(tmp_path, [name]) == [name]
    finally:
        child.communicate()
