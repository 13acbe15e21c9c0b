"""A place of backups that other programs keep copies of: what they give back restores as the place itself."""

import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from archive.backup.folder_place import FolderPlace
from archive.backup.restoring import restore
from tests.backup.archives import add_pictured, backed_up, files_below, filled, ignored


def _required(program: str) -> str:
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"{program} is not installed (see system-packages.txt)")
    return found


def _run(*command: str | Path, cwd: Path, environment: Mapping[str, str]) -> None:
    ended = subprocess.run(
        command,
        cwd=cwd,
        env=os.environ | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr


def _by_restic(folder: Path, back: Path) -> None:
    """Keep `kept` twice with the commands of docs/operations.md, then bring the newest back."""
    restic = _required("restic")
    (folder / "key").write_text("hemligt\n")
    environment = {
        "RESTIC_REPOSITORY": str(folder / "restic.repo"),
        "RESTIC_PASSWORD_FILE": str(folder / "key"),
    }
    environment |= {"RESTIC_CACHE_DIR": str(folder / "cache")}
    if not (folder / "restic.repo").exists():
        _run(restic, "init", cwd=folder, environment=environment)
    _run(restic, "backup", "kept", cwd=folder, environment=environment)
    _run(restic, "restore", "latest", "--target", back, cwd=folder, environment=environment)


def _by_borg(folder: Path, back: Path) -> None:
    borg = _required("borg")
    environment = {"BORG_REPO": str(folder / "borg.repo"), "BORG_BASE_DIR": str(folder / "borg")}
    if not (folder / "borg.repo").exists():
        _run(borg, "init", "--encryption", "none", cwd=folder, environment=environment)
    _run(borg, "create", f"::{back.name}", "kept", cwd=folder, environment=environment)
    back.mkdir()
    _run(borg, "extract", f"::{back.name}", cwd=back, environment=environment)


@pytest.mark.parametrize("copied", [_by_restic, _by_borg])
def test_copy_of_another_program_restores_as_the_place_itself(
    copied: Callable[[Path, Path], None], tmp_path: Path
) -> None:
    with filled(tmp_path, 1) as archive:
        first = backed_up(archive, tmp_path / "kept")
        copied(tmp_path, tmp_path / "first")
        add_pictured(archive, "Nytt", "Nya ord om vatten")
        archive.indexer.catch_up()
        second = backed_up(archive, tmp_path / "kept")
        copied(tmp_path, tmp_path / "second")
    assert files_below(tmp_path / "second" / "kept") == files_below(tmp_path / "kept")
    for back, made in (("first", first), ("second", second)):
        restored = restore(FolderPlace(tmp_path / back / "kept"), tmp_path / f"{back} data", ignored)
        assert (restored.name, restored.is_whole) == (made.name, True)
