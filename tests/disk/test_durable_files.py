"""A file that somebody has named is whole, or what was there before."""

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.disk.durable_files import refuse_place_of_file, write_whole
from archive.errors import PathError
from tests.waiting import HANG_S

PIECES = (b"new ", b"content")


class Interrupted(BaseException):
    """What ends a command, as Ctrl-C does."""


def broken_off(error: BaseException) -> Iterator[bytes]:
    """Yield pieces until making them fails."""
    yield b"new " * 100_000
    raise error


@pytest.fixture
def before(tmp_path: Path) -> Path:
    """A file that is there before."""
    path = tmp_path / "slides.pdf"
    path.write_bytes(b"before")
    return path


@pytest.mark.parametrize("error", [OSError("gone"), ValueError(), Interrupted()])
def test_failure_midway_leaves_what_was_there_and_nothing_else(before: Path, error: BaseException) -> None:
    with pytest.raises(type(error)) as raised:
        write_whole(before, broken_off(error))
    assert raised.value is error
    assert before.read_bytes() == b"before"
    with pytest.raises(type(error)):
        write_whole(before.with_name("new.pdf"), broken_off(error))
    assert list(before.parent.iterdir()) == [before]


def test_file_is_replaced_with_its_rights(before: Path) -> None:
    before.chmod(0o640)
    write_whole(before, PIECES)
    assert before.read_bytes() == b"new content"
    assert stat.S_IMODE(before.stat().st_mode) == 0o640
    assert list(before.parent.iterdir()) == [before]


def test_new_file_has_the_rights_of_new_files(tmp_path: Path) -> None:
    (tmp_path / "as_usual").touch()
    write_whole(tmp_path / "new", PIECES)
    assert (tmp_path / "new").stat().st_mode == (tmp_path / "as_usual").stat().st_mode


@pytest.mark.parametrize("is_there", [True, False])
def test_what_a_link_leads_to_is_replaced_and_not_the_link(tmp_path: Path, is_there: bool) -> None:
    (tmp_path / "elsewhere").mkdir()
    target, link = tmp_path / "elsewhere" / "file", tmp_path / "link"
    if is_there:
        target.write_bytes(b"before")
    link.symlink_to(target)
    write_whole(link, PIECES)
    assert link.is_symlink()
    assert target.read_bytes() == b"new content"


def test_longest_name_that_there_may_be_can_be_given(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 251 + ".pdf")
    write_whole(path, PIECES)
    assert path.read_bytes() == b"new content"


def test_what_is_no_file_is_written_to(tmp_path: Path) -> None:
    read_end, write_end = os.pipe()
    try:
        write_whole(Path(f"/dev/fd/{write_end}"), PIECES)
        assert os.read(read_end, 100) == b"new content"
    finally:
        os.close(read_end)
        os.close(write_end)


def test_place_where_no_file_can_be_is_said_before_anything_is_made(tmp_path: Path, before: Path) -> None:
    (tmp_path / "dangling").symlink_to(tmp_path / "none" / "file")
    for path, words in (
        (tmp_path, "is a folder"),
        (tmp_path / "none" / "file", "There is no folder"),
        (tmp_path / "dangling", "There is no folder"),
        (before / "file", "There is no folder"),
    ):
        with pytest.raises(PathError, match=words):
            refuse_place_of_file(path)
        with pytest.raises(PathError, match=words):
            write_whole(path, broken_off(AssertionError("nothing is made")))
    with pytest.raises(PathError, match="cannot be written"):
        write_whole(tmp_path / ("x" * 300), PIECES)


def test_full_disk_is_said(tmp_path: Path) -> None:
    (tmp_path / "full").symlink_to("/dev/full")
    with pytest.raises(PathError, match="There is no room"):
        write_whole(tmp_path / "full", PIECES)


_TOO_LARGE = """
import resource, sys
from pathlib import Path
from archive.disk.durable_files import write_whole
from archive.errors import PathError
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    write_whole(Path(sys.argv[1]), [b"x" * 600] * 5)
except PathError as error:
    print(error.message)
"""


def test_disk_that_is_full_midway_leaves_what_was_there(before: Path) -> None:
    made = subprocess.run(
        [sys.executable, "-c", _TOO_LARGE, before], capture_output=True, text=True, timeout=HANG_S, check=True
    )
    assert made.stdout.startswith(f"There is no room for {before}.")
    assert before.read_bytes() == b"before"
    assert list(before.parent.iterdir()) == [before]
