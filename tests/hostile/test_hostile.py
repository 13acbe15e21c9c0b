"""Hundreds of hostile files: the archive stands, each file has its outcome, nothing is left behind.

Every trick is tried, and damaged files of every kind; `ARCHIVE_HOSTILE_FILES=5000 pytest tests/hostile` reads
more of the latter (`make bench` does).
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from archive.model.extraction import Outcome
from tests.hostile.campaign import LIMITS
from tests.hostile.mutations import mutations

pytestmark = pytest.mark.long

_FILES = int(os.environ.get("ARCHIVE_HOSTILE_FILES", "400"))
_SEED = int(os.environ.get("ARCHIVE_HOSTILE_SEED", "1"))
_MIB = 1 << 20
_CRASHED_SHARE_MAX = 0.01


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Run the campaign in a process of its own, which must survive it."""
    ended = subprocess.run(
        [sys.executable, "-m", "tests.hostile.campaign", str(_FILES), str(_SEED)],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "TMPDIR": str(tmp_path_factory.mktemp("hostile"))},
        capture_output=True,
        text=True,
        timeout=60 + _FILES,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    counts: dict[str, Any] = json.loads(ended.stdout)
    summary = {name: value for name, value in counts.items() if not isinstance(value, list)}
    print(json.dumps(summary | {"slowest": counts["slowest"][:5], "crashed": counts["crashed"]}))
    return counts


@pytest.mark.timeout(120 + _FILES)
def test_every_file_ends_in_a_category(report: dict[str, Any]) -> None:
    assert report["uncategorised"] == []
    assert report["files"] == _FILES == sum(report["categories"].values())
    assert set(report["categories"]) <= set(Outcome)


@pytest.mark.timeout(120 + _FILES)
def test_next_file_is_read_whatever_came_before(report: dict[str, Any]) -> None:
    assert report["next_file_spoilt"] == []


@pytest.mark.timeout(120 + _FILES)
def test_nothing_empty_is_called_a_success(report: dict[str, Any]) -> None:
    assert report["empty_success"] == []


@pytest.mark.timeout(120 + _FILES)
def test_time_and_memory_are_bounded(report: dict[str, Any]) -> None:
    assert report["beyond_time"] == []
    assert report["child_peak_mib"] <= LIMITS.memory_max_bytes / _MIB


@pytest.mark.timeout(120 + _FILES)
def test_no_file_and_no_process_is_left(report: dict[str, Any]) -> None:
    assert report["left_files"] == []
    assert report["left_processes"] == []


@pytest.mark.timeout(120 + _FILES)
def test_readers_seldom_meet_a_fault_of_their_own(report: dict[str, Any]) -> None:
    assert len(report["crashed"]) <= _CRASHED_SHARE_MAX * _FILES, report["crashed"]


def test_same_seed_gives_the_same_files() -> None:
    first, second = ([one.data for one in mutations(60, 7)] for _ in range(2))
    assert first == second
    assert [one.data for one in mutations(60, 8)] != first
