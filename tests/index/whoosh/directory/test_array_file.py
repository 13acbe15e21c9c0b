"""The file format: what is written comes back, and what is not ours, whole and of this version is refused."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from archive.errors import IndexOutdated, IndexUnusable
from archive.index.query import MatchAll
from archive.index.whoosh.directory import array_file
from archive.index.whoosh.directory.array_file import ArrayFile, layout_fingerprint, write_arrays
from archive.index.whoosh.engine import WhooshEngine
from tests.index.index_documents import document, documents_found, mark, write

LAYOUT = layout_fingerprint("a b")
ARRAYS: dict[str, Any] = {
    "bytes": np.arange(7, dtype="u1"),
    "empty": np.empty(0, "u4"),
    "weights": np.array([0.6, 1.0], "f4"),
    "places": np.array([1, 2**40], "u8"),
    "flags": np.array([True, False, True]),
}


def _write(path: Path, arrays: dict[str, Any] | None = None) -> Path:
    with path.open("wb") as file:
        write_arrays(file.write, ARRAYS if arrays is None else arrays, {"pages": 3}, LAYOUT)
    return path


def test_what_is_written_comes_back(tmp_path: Path) -> None:
    file = ArrayFile(_write(tmp_path / "a"), LAYOUT)
    file.verify()
    assert file.meta == {"pages": 3}
    for name, array in ARRAYS.items():
        read = file.array(name)
        assert read.dtype == array.dtype
        assert read.tolist() == array.tolist()
        assert not read.size or not read.flags.writeable
        assert read.ctypes.data % 64 == 0 or not read.size
    assert "weights" in file
    assert "other" not in file


def test_no_arrays_at_all(tmp_path: Path) -> None:
    ArrayFile(_write(tmp_path / "a", {}), LAYOUT).verify()


def test_arrays_outlive_the_unlinked_file(tmp_path: Path) -> None:
    path = _write(tmp_path / "a")
    array = ArrayFile(path, LAYOUT).array("places")
    path.unlink()
    assert array.tolist() == [1, 2**40]


def test_objects_have_no_place(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="no place"):
        _write(tmp_path / "a", {"objects": np.array([object()])})


def test_every_changed_byte_is_noticed(tmp_path: Path) -> None:
    path = _write(tmp_path / "a")
    whole = path.read_bytes()
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x01]) + whole[place + 1 :])
        with pytest.raises(IndexUnusable):
            ArrayFile(path, LAYOUT).verify()


def test_every_length_but_its_own_is_refused_on_opening(tmp_path: Path) -> None:
    path = _write(tmp_path / "a")
    whole = path.read_bytes()
    for length in (0, 1, 63, 64, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:length])
        with pytest.raises(IndexUnusable, match="cut short"):
            ArrayFile(path, LAYOUT)
    path.write_bytes(whole + b"\0")
    with pytest.raises(IndexUnusable, match="grown"):
        ArrayFile(path, LAYOUT)


def test_pickles_and_other_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"cos\nsystem\n(S'exit 1'\ntR.".ljust(200))
    with pytest.raises(IndexUnusable, match="not one of ours"):
        ArrayFile(path, LAYOUT)


def test_other_layout_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IndexOutdated, match="another version"):
        ArrayFile(_write(tmp_path / "a"), layout_fingerprint("b a"))


def test_index_of_another_version_is_refused_and_can_be_made_anew(
    engine: WhooshEngine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(array_file, "VERSION", 2)
        write(engine, document("a", "skog"))
        engine.close()
    calls: list[Callable[[], object]] = [engine.check, engine.watermark, engine.counts]
    for call in calls:
        with pytest.raises(IndexOutdated, match="another version"):
            call()
    with engine.rebuild() as rebuild:
        rebuild.write([document("b", "skog")])
        rebuild.publish(mark(2))
    engine.check()
    assert documents_found(engine, MatchAll()) == "b"
