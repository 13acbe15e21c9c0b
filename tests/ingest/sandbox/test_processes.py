import os
import resource

import pytest

from archive.ingest.sandbox.processes import first_readable, is_readable

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
