"""A disk that fills at any moment of an ingest: it ends, says so, and nothing is lost once there is room."""

import json
import os
import random
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crash.campaign import Campaign

POINTS = int(os.environ.get("ARCHIVE_CRASH_DISKS", "1"))
_SIZE_KIB = 12 * 1024
_LEAST_FREE_KIB = 4
_FREE_MAX_KIB = 3 * 1024
"""What an ingest of the files takes altogether: more room than that is enough."""


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk, where one may be mounted."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={_SIZE_KIB}k", "tmpfs", str(folder)]
    try:
        is_mounted = subprocess.run(command, check=False, capture_output=True).returncode == 0
    except FileNotFoundError:
        is_mounted = False
    if not is_mounted:
        pytest.skip("this machine does not let its user mount a small disk")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True, capture_output=True)


def _fill(folder: Path, free_kib: int) -> Path:
    """Leave so much room on the disk."""
    filler = folder / "filler"
    room = os.statvfs(folder)
    with filler.open("wb") as file:
        file.write(b"x" * max(0, room.f_bavail * room.f_frsize - free_kib * 1024))
    return filler


@pytest.mark.timeout(300)
@pytest.mark.parametrize("point", range(POINTS))
def test_disk_that_fills_hangs_nothing_and_loses_nothing(disk: Path, tmp_path: Path, point: int) -> None:
    moment = random.Random(point)
    campaign = Campaign(tmp_path, seed=point)
    campaign.add_files(4)
    campaign.data = disk / "data"
    # More often nearly full than half: evenly over the sizes of what is written.
    free_kib = int(_LEAST_FREE_KIB * (_FREE_MAX_KIB / _LEAST_FREE_KIB) ** moment.random())
    filler = _fill(disk, free_kib)
    ended = campaign.finish()  # a hang ends the test
    assert ended.returncode in (0, 1), ended.stderr[-2000:]
    assert "unexpected" not in ended.stderr
    assert "Traceback" not in ended.stderr

    filler.unlink()
    ended = campaign.finish()
    assert ended.returncode == 0, ended.stdout[-2000:] + ended.stderr[-2000:]
    assert campaign.acknowledged.keys() == campaign.words.keys()
    assert json.loads(campaign.archive("verify", "--json").stdout)["problems"] == []
