"""Runs the command, in this process or in one of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.waiting import HANG_S

SMALL = {
    "ARCHIVE_PICTURES__OFFICE_COMMAND": "none",
    "ARCHIVE_OCR__COMMAND": "none",
    "ARCHIVE_PICTURES__LARGE_WIDTH_PX": "320",
    "ARCHIVE_WORKERS": "1",
    "LC_ALL": "C.UTF-8",
    "LANGUAGE": "",
}


@dataclass(frozen=True)
class Result:
    """What a command printed and ended with."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


Run = Callable[..., Result]


def command(data: Path, *arguments: str | Path) -> list[str]:
    """Return the command line of a process of its own."""
    return [sys.executable, "-m", "archive.cli.main", "--data", str(data), *map(str, arguments)]


def run_apart(data: Path, *arguments: str | Path, typed: str | None = None, **environment: str) -> Result:
    """Run the command in a process of its own."""
    ended = subprocess.run(
        command(data, *arguments),
        env={**os.environ, **SMALL, **environment},
        input=typed,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=HANG_S,
        check=False,
    )
    return Result(ended.returncode, ended.stdout, ended.stderr)


def assert_one_line(told: Result, *words: str) -> None:
    """See that an error is told in one line of plain words."""
    assert told.err.count("\n") == 1, told.err
    assert told.err.startswith("archive: ")
    assert "Traceback" not in told.err + told.out
    for word in words:
        assert word in told.err
