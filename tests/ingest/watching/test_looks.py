import os
from pathlib import Path

import pytest

from archive.ingest.watching.looks import look, steady

NOW_S = 2_000_000_000.0


def _names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in look(folder)}


def test_files_on_their_way_hidden_linked_and_moved_ones_are_passed_by(tmp_path: Path) -> None:
    names = ("a.pptx", "sub/b.pdf", "c.pptx.part", "d.crdownload", ".hidden.pptx", "~$a.pptx")
    for name in (*names, "inlagt/e.pptx", "misslyckat/f.pptx"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    (tmp_path / "link.pptx").symlink_to(tmp_path / "a.pptx")
    (tmp_path / "sub" / "link.pptx").symlink_to(tmp_path / "a.pptx")
    assert _names(tmp_path) == {"a.pptx", "sub/b.pdf"}


def test_file_is_steady_when_size_and_time_are_the_same_twice(tmp_path: Path) -> None:
    path = tmp_path / "a.pptx"
    path.write_bytes(b"x")
    first = look(tmp_path)
    assert steady({}, first, NOW_S) == []
    assert [item.path for item in steady(first, look(tmp_path), NOW_S)] == [path]
    path.write_bytes(b"xy")
    assert steady(first, look(tmp_path), NOW_S) == []
    grown = look(tmp_path)
    os.utime(path, ns=(0, 1))
    assert steady(grown, look(tmp_path), NOW_S) == []


def test_empty_file_is_waited_for_before_it_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.pptx"
    path.touch()
    found = look(tmp_path)
    changed_s = path.stat().st_mtime
    assert steady(found, found, changed_s + 10) == []
    assert len(steady(found, found, changed_s + 61)) == 1


def test_folder_of_a_seminar_is_one_and_steady_as_a_whole(tmp_path: Path) -> None:
    seminar = tmp_path / "Seminarium"
    seminar.mkdir()
    (seminar / "seminar.toml").write_text('[event]\ntitle = "Ett"\n', "utf-8")
    (seminar / "a.pptx").write_bytes(b"x")
    before = look(tmp_path)
    assert list(before) == [seminar]
    (seminar / "b.pptx").write_bytes(b"x")
    assert steady(before, look(tmp_path), NOW_S) == []
    (seminar / "c.pptx.part").write_bytes(b"x")
    assert look(tmp_path) == {}


def test_folder_that_cannot_be_reached_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="gone"):
        look(tmp_path / "gone")
