import os
import resource
import subprocess
import sys

import pytest

from archive.ingest.sandbox.processes import first_readable, is_readable
from tests.waiting import HANG_S

# select() cannot look at a descriptor of 1024 or above.
_HIGH = 1500


@pytest.fixture
def high_limit() -> None:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if most != resource.RLIM_INFINITY and most <= _HIGH:
        pytest.skip("this machine allows no process so many open files")


def test_says_which_of_two_pipes_has_something() -> None:
    quiet, quiet_in = os.pipe()
    full, full_in = os.pipe()
    os.write(full_in, b"x")
    assert first_readable((quiet, full), 5) == {full}
    assert not is_readable(quiet, 0)
    os.close(quiet_in)
    assert is_readable(quiet, 5), "the end of a pipe is something to read"
    for one in (quiet, full, full_in):
        os.close(one)


def test_many_open_files_are_no_hindrance(high_limit: None) -> None:
    soft, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, _HIGH + 1), most))
    low, written = os.pipe()
    os.dup2(low, _HIGH)
    os.write(written, b"x")
    try:
        assert is_readable(_HIGH, 5)
    finally:
        for one in (low, written, _HIGH):
            os.close(one)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, most))


def test_children_that_read_are_ended_with_all_below_them_and_others_are_not() -> None:
    # In a process of its own: this one may have readers of other tests.
    ended = subprocess.run(
        [sys.executable, "-c", _PARENT], capture_output=True, text=True, check=True, timeout=HANG_S
    )
    assert ended.stdout.split() == ["2", "-9", "None", "None"]


_PARENT = """
import subprocess, time
from pathlib import Path
from archive.ingest.sandbox.processes import end_children, start
command = ["sh", "-c", "sleep 999 & echo $!; wait"]
shell = start(command, Path("/"), stdout=subprocess.PIPE)
below = int(shell.stdout.readline())
other = subprocess.Popen(["sleep", "999"])
other_session = subprocess.Popen(["sleep", "999"], start_new_session=True)
ended = end_children()
while Path(f"/proc/{below}").exists() and ") Z" not in Path(f"/proc/{below}/stat").read_text():
    time.sleep(0.01)
print(ended, shell.wait(), other.poll(), other_session.poll())
other.kill()
other_session.kill()
"""
