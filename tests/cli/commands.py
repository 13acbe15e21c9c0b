"""Runs the command, in this process or in one of its own."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.forked import Forked, run_forked
from tests.signals import with_signals
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
    """Return the command line of a new process."""
    return [sys.executable, "-m", "archive.cli.main", "--data", str(data), *map(str, arguments)]


def run_apart(data: Path, *arguments: str | Path, typed: str = "", **environment: str) -> Result:
    """Run the command in a process of its own."""
    ended = run_forked("--data", data, *arguments, env={**os.environ, **SMALL, **environment}, typed=typed)
    return Result(ended.returncode, ended.stdout, ended.stderr)


def run_anew(data: Path, *arguments: str | Path, **environment: str) -> Result:
    """Run the command in a process of its own that begins with Python's start."""
    ended = subprocess.run(
        command(data, *arguments),
        env={**os.environ, **SMALL, **environment},
        input="",
        capture_output=True,
        text=True,
        errors="replace",
        timeout=HANG_S,
        check=False,
    )
    return Result(ended.returncode, ended.stdout, ended.stderr)


def started(
    data: Path,
    *arguments: str | Path,
    ignored: Sequence[signal.Signals] = (),
    blocked: Sequence[signal.Signals] = (),
    is_new: bool = False,
) -> "Forked | subprocess.Popen[str]":
    """Begin the command in a process of its own; one that `is_new` begins with Python's start."""
    environment = {**os.environ, **SMALL}
    if not is_new:
        return Forked("--data", data, *arguments, env=environment, ignored=ignored, blocked=blocked)
    return subprocess.Popen(
        with_signals(command(data, *arguments), ignored, blocked),
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def assert_one_line(told: Result, *words: str) -> None:
    """See that an error is told in one line of plain words."""
    assert told.err.count("\n") == 1, told.err
    assert told.err.startswith("archive: ")
    assert "Traceback" not in told.err + told.out
    for word in words:
        assert word in told.err
