"""What a taken-over child tries against others' files and processes, also where Landlock is an older one."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.ingest.sandbox import launch
from archive.ingest.sandbox.linux import confine, landlock
from tests.ingest.sandbox.break_outs import ATTEMPTS, MIB
from tests.waiting import HANG_S, wait_until

PYTHON = shutil.which("python3", path="/usr/bin:/usr/local/bin")
TEXT = "orört"

needs_confinement = pytest.mark.skipif(
    confine.is_reduced(), reason="the kernel of this machine has no Landlock or no seccomp"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "own").mkdir()
    (tmp_path / "victim").write_text(TEXT)
    (tmp_path / "victim").chmod(0o600)
    return tmp_path


@pytest.fixture
def heard(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as opened:
        monkeypatch.chdir(folder)  # the whole path may be too long for a socket's name
        opened.bind("heard")
        opened.setblocking(False)
        yield opened


def answers(kind: str, abi: int, folder: Path) -> dict[str, str]:
    command = [sys.executable, "-m", "tests.ingest.sandbox.break_outs", kind, str(abi), ".", str(os.getpid())]
    with (folder / "victim").open("rb") as given:
        done = subprocess.run(
            command,
            stdin=given,
            capture_output=True,
            text=True,
            cwd=folder,
            env=os.environ | {"PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[3]), *sys.path])},
            timeout=HANG_S,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    return dict(line.split() for line in done.stdout.splitlines())


@needs_confinement
@pytest.mark.parametrize("abi", [1, 2, 5, 6])
@pytest.mark.parametrize("kind", ["reader", "converter", "office"])
def test_each_attempt_is_refused_with_every_version_of_landlock(
    kind: str, abi: int, folder: Path, heard: socket.socket
) -> None:
    if abi > landlock.version():
        pytest.skip(f"the kernel of this machine has no version {abi} of Landlock")
    before = (folder / "victim").stat()
    assert answers(kind, abi, folder) == dict.fromkeys(ATTEMPTS, "refused")
    after = (folder / "victim").stat()
    assert (folder / "victim").read_text() == TEXT
    assert (after.st_mode, after.st_mtime_ns, after.st_nlink) == (0o100600, before.st_mtime_ns, 1)
    with pytest.raises(BlockingIOError):
        heard.recv(1)


def test_attempts_are_real(folder: Path, heard: socket.socket) -> None:
    told = answers("free", 0, folder)
    assert told == dict.fromkeys(ATTEMPTS, "done")
    assert heard.recv(1) == b"x"
    assert (folder / "victim").read_text() == ""


_LEAVES_A_PROCESS = """
import os, sys
for leave in (os.setsid, lambda: os.setpgid(0, 0)):
    if os.fork() == 0:
        try:
            leave()
        except OSError:
            pass
        if os.fork() == 0:
            with open(sys.argv[1], "a") as file:
                file.write(f"{os.getpid()}\\n")
            os.execv("/bin/sleep", ["sleep", "999"])
        os._exit(0)
    os.wait()
while open(sys.argv[1]).read().count("\\n") < 2:
    pass
"""


@needs_confinement
def test_no_process_is_left_behind_by_a_program(folder: Path) -> None:
    if PYTHON is None:
        pytest.skip("no Python among the installed programs")
    left = folder / "own" / "left"
    left.touch()
    program = [PYTHON, "-I", "-c", _LEAVES_A_PROCESS, str(left)]
    assert launch.run_program(program, folder / "own", HANG_S, 60, 4096 * MIB) == 0
    processes = [Path("/proc") / number for number in left.read_text().split()]
    assert len(processes) == 2
    wait_until(lambda: not any(map(_runs, processes)), "what the program started has ended")


def _runs(process: Path) -> bool:
    try:
        return (process / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
