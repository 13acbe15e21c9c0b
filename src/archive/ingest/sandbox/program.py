"""Runs one confined program on untrusted files to its end, and leaves nothing of it behind."""

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from archive.ingest.sandbox import launch, process


def run_program(
    program: Sequence[str],
    folder: Path,
    wall_time_s: float,
    cpu_time_s: int,
    memory_max_bytes: int,
    environment: Mapping[str, str] | None = None,
) -> int:
    """Run `program` confined to `folder` (see `launch.command`) and return its exit code.

    Its output goes nowhere. Raises TimeoutError after `wall_time_s`; whatever it started is killed.
    """
    command = launch.command(program, folder, memory_max_bytes, cpu_time_s)
    child = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=process.environment() | {"HOME": str(folder), "TMPDIR": str(folder)} | dict(environment or {}),
        start_new_session=True,
    )
    try:
        return child.wait(wall_time_s)
    except subprocess.TimeoutExpired as error:
        raise TimeoutError from error
    finally:
        end_session(child)


def end_session(child: subprocess.Popen[bytes]) -> None:
    """Kill a process that leads a session, and all that it started: one may outlive the first."""
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass  # all of them have ended
    child.wait()
