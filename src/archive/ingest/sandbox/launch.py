"""Runs a converter of untrusted files (LibreOffice, Tesseract) with as few rights as it needs.

`run_program` does so from the parent. `python -I -m archive.ingest.sandbox.launch --write DIR
--memory-max-bytes N --cpu-time-s N -- PROGRAM …` confines itself (see `confine.confine_converter`), makes DIR
its current folder and home, runs PROGRAM and ends as it ends. `command` gives that line.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from archive.ingest.sandbox import processes
from archive.ingest.sandbox.linux.confine import confine_converter

_OFFICE_SCRIPT, _OFFICE = "soffice", "soffice.bin"
"""The script starts a splash screen, which insists on a socket in /tmp; the program itself does not."""

_OFFICE_RESTART = 81
"""LibreOffice ends so when it has made a new profile (desktop/inc/app.hxx, EXITHELPER_NORMAL_RESTART)."""

_NOT_FOUND = 127
_FILE_MAX_BYTES = 1024**3
REFUSED = 126
"""Exit code when the process could not be confined; the program was not run."""


def command(
    program: Sequence[str], write: Path, memory_max_bytes: int, cpu_time_s: int, read: Sequence[Path] = ()
) -> list[str]:
    """Return the command line that runs `program` (absolute path and arguments) confined.

    Args:
        program: what to run; it may read the folders of installed programs.
        write: the one folder that it may write to; also its current folder, HOME and TMPDIR.
        memory_max_bytes: address space of each of its processes.
        cpu_time_s: whole seconds of processor time of each of its processes.
        read: further files or folders that it may read and run.

    Give the process a scrubbed environment, a session of its own and a clock: those are the caller's.
    """
    options = ["--write", str(write)]
    options += ["--memory-max-bytes", str(memory_max_bytes), "--cpu-time-s", str(cpu_time_s)]
    for path in read:
        options += ["--read", str(path)]
    return processes.command("archive.ingest.sandbox.launch", *options, "--", *program)


def run_program(
    program: Sequence[str],
    folder: Path,
    wall_time_s: float,
    cpu_time_s: int,
    memory_max_bytes: int,
    environment: Mapping[str, str] | None = None,
    read: Sequence[Path] = (),
) -> int:
    """Run `program` confined to `folder` (see `command`, also for `read`) and return its exit code.

    The child has `folder` as its current folder: paths among the arguments are to be absolute.
    Its output goes nowhere. Raises TimeoutError after `wall_time_s`; whatever it started is killed.
    """
    folder = folder.absolute()
    child = processes.start(
        command(program, folder, memory_max_bytes, cpu_time_s, read),
        folder,
        variables={"HOME": str(folder), "TMPDIR": str(folder)} | dict(environment or {}),
    )
    try:
        return child.wait(wall_time_s)
    except subprocess.TimeoutExpired as error:
        raise TimeoutError from error
    finally:
        processes.end_session(child)


def main() -> None:
    """Confine this process as the command line says, run the program and exit as it does."""
    given = _arguments()
    try:
        confine_converter(
            given.write, tuple(given.read), given.memory_max_bytes, given.cpu_time_s, given.file_max_bytes
        )
    except OSError:
        sys.stderr.write("The converter could not be confined; it was not run.\n")
        sys.exit(REFUSED)
    os.chdir(given.write)
    os.environ.update(_home(given.write))
    sys.exit(_run(given.program))


def _run(program: list[str]) -> int:
    """Run the program, LibreOffice a second time if it asks for it; return its exit code, as shells do."""
    office = Path(program[0]).resolve().with_name(_OFFICE)
    if Path(program[0]).resolve().name == _OFFICE_SCRIPT and office.is_file():
        program = [str(office), *program[1:]]
    code = _exit_code(program)
    return _exit_code(program) if code == _OFFICE_RESTART else code


def _exit_code(program: list[str]) -> int:
    try:
        code = subprocess.run(program, check=False).returncode
    except OSError:
        sys.stderr.write("The converter is not there or cannot be run.\n")
        return _NOT_FOUND
    return code if code >= 0 else 128 - code


def _home(folder: Path) -> dict[str, str]:
    """Return the variables that make `folder` the place for everything a program keeps.

    LibreOffice makes a socket where OSL_SOCKET_PATH says if /tmp is not writable (sal/osl/unx/pipe.cxx); the
    name of a socket is short, hence the path is relative to the current folder.
    """
    return {"HOME": str(folder), "TMPDIR": str(folder), "OSL_SOCKET_PATH": "."}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="launch", allow_abbrev=False)
    parser.add_argument("--write", type=Path, required=True)
    parser.add_argument("--read", type=Path, action="append", default=[])
    parser.add_argument("--memory-max-bytes", type=int, required=True)
    parser.add_argument("--cpu-time-s", type=int, required=True)
    parser.add_argument("--file-max-bytes", type=int, default=_FILE_MAX_BYTES)
    parser.add_argument("program", nargs="+")
    return parser.parse_args()


if __name__ == "__main__":
    main()
