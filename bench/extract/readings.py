"""Reads many files with one tool in a process of its own, so that its CPU time can be measured.

`python -m bench.extract.readings TOOL` answers each path on its standard input with a line of JSON.
"""

import json
import logging
import os
import select
import subprocess
import sys
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.extract.tools import TOOLS, WITNESSES, answer
from bench.meter import Meter

_TIMEOUT_S = 90.0
_READY = "ready\n"


@dataclass(frozen=True, slots=True)
class Reading:
    """The texts of a file's pages, and what went wrong ("" for nothing)."""

    pages: tuple[str, ...] = ()
    error: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """What a tool read of all files, and its time, with that of starting it."""

    readings: Mapping[Path, Reading]
    cpu_s: float
    wall_s: float


def run(tool: str, files: Sequence[Path]) -> Run:
    """Read `files` with a tool. A file on which it dies or takes too long is an error; the next go on."""
    readings: dict[Path, Reading] = {}
    with Meter() as meter:
        waiting = list(files)
        while waiting:
            with _Child(tool) as child:
                while waiting:
                    file = waiting.pop(0)
                    readings[file] = child.read(file)
                    if readings[file].error in ("timeout", "crash"):
                        break
    return Run(readings, meter.cpu_s, meter.wall_s)


class _Child:
    """A running tool."""

    def __init__(self, tool: str) -> None:
        command = [sys.executable, "-m", "bench.extract.readings", tool]
        self._process = subprocess.Popen(
            command, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._input, self._output = self._process.stdin, self._process.stdout
        if self._output.readline() != _READY:
            raise SystemExit(f"{tool} does not start. Run `{' '.join(command)}` to see why.")

    def __enter__(self) -> "_Child":
        return self

    def __exit__(self, *_: object) -> None:
        self._input.close()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._output.close()

    def read(self, file: Path) -> Reading:
        """Return what the tool extracts from one file."""
        try:
            print(json.dumps(str(file)), file=self._input, flush=True)
        except BrokenPipeError:
            return Reading(error="crash")
        if not select.select([self._output], [], [], _TIMEOUT_S)[0]:
            self._process.kill()
            return Reading(error="timeout")
        line = self._output.readline()
        if not line:
            return Reading(error="crash")
        said = json.loads(line)
        return Reading(tuple(said["pages"]), said["error"])


def main() -> None:
    """Answer for the tool named on the command line until standard input ends."""
    out = os.fdopen(os.dup(1), "w")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # libraries may print what they like
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    read = (TOOLS | dict(WITNESSES))[sys.argv[1]].start()  # type: ignore[operator]
    print(_READY, end="", file=out, flush=True)
    for line in sys.stdin:
        print(answer(read, json.loads(line)), file=out, flush=True)


if __name__ == "__main__":
    main()
