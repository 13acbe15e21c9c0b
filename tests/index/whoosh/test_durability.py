"""Commits reach the disk in order; a failing disk leaves the old state and no litter."""

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from whoosh.filedb.structfile import StructFile

from archive.errors import StorageError
from archive.index.documents import Batch
from archive.index.query import MatchAll, Term
from archive.index.schema import TextField
from archive.index.whoosh.engine import WhooshEngine
from tests.index.index_documents import document, documents_found, mark, write

SKOG = Term(TextField.TEXT, "skog")


class _Failing:
    """Stands in for a function and fails from the nth call on with an error of the disk."""

    def __init__(self, real: Callable[..., Any], nth: int, code: int) -> None:
        self.real = real
        self.left = nth
        self.code = code
        self.has_failed = False

    def __get__(self, owner: object, _kind: type) -> Callable[..., Any]:
        return lambda *args: self(owner, *args)

    def __call__(self, *args: Any) -> Any:
        self.left -= 1
        if self.left < 0:
            self.has_failed = True
            raise OSError(self.code, os.strerror(self.code))
        return self.real(*args)


def _litter(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*")}


def _sweep(
    engine: WhooshEngine, folder: Path, patch: Callable[[pytest.MonkeyPatch, int], _Failing], step: int
) -> int:
    """Write the same batch with the disk failing ever later, until it succeeds; return the failures."""
    write(engine, document("a", "skog", "skog"), document("b", "skog"), seq=1)
    before = _litter(folder)
    for failures in range(1000):
        with pytest.MonkeyPatch.context() as monkeypatch:
            failing = patch(monkeypatch, failures * step)
            try:
                engine.write(Batch([document("a", "sjö och berg"), document("c", "vik")], mark(2)))
            except StorageError:
                pass
            else:
                assert not failing.has_failed
                assert documents_found(engine, MatchAll()) == "a b c"
                return failures
        assert engine.watermark() == mark(1)
        assert documents_found(engine, SKOG) == "a b"
        assert _litter(folder) == before
    raise AssertionError("the disk never stopped failing")


def test_full_disk_at_any_write_keeps_the_old_state(engine: WhooshEngine, folder: Path) -> None:
    def patch(monkeypatch: pytest.MonkeyPatch, nth: int) -> _Failing:
        failing = _Failing(StructFile.write, nth, errno.ENOSPC)
        monkeypatch.setattr(StructFile, "write", failing)
        return failing

    assert _sweep(engine, folder, patch, step=1) > 10
    engine.check()


@pytest.mark.parametrize("code", [errno.EIO, errno.EDQUOT, errno.EROFS])
def test_failing_fsync_is_a_failing_write(engine: WhooshEngine, folder: Path, code: int) -> None:
    def patch(monkeypatch: pytest.MonkeyPatch, nth: int) -> _Failing:
        failing = _Failing(os.fsync, nth, code)
        monkeypatch.setattr(os, "fsync", failing)
        return failing

    assert _sweep(engine, folder, patch, step=1) > 4
    engine.check()


def test_full_disk_at_the_first_batch_leaves_nothing(
    engine: WhooshEngine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(StructFile, "write", _Failing(StructFile.write, 20, errno.ENOSPC))
        with pytest.raises(StorageError):
            engine.write(Batch([document("a", "skog")], mark(1)))
    assert engine.watermark() is None
    assert _litter(folder) == {"writer.lock", ".archive-index"}  # what says whose folder it is


def _rebuild(engine: WhooshEngine) -> None:
    with engine.rebuild() as rebuild:
        rebuild.write([document("b", "sjö " * 50)])
        rebuild.publish(mark(2))


@pytest.mark.parametrize("nth", [0, 8, 16, 24])
def test_full_disk_in_a_rebuild_leaves_the_old_index(
    engine: WhooshEngine, folder: Path, monkeypatch: pytest.MonkeyPatch, nth: int
) -> None:
    write(engine, document("a", "skog"))
    before = _litter(folder)
    with monkeypatch.context() as patched:
        patched.setattr(StructFile, "write", _Failing(StructFile.write, nth, errno.ENOSPC))
        with pytest.raises(StorageError):
            _rebuild(engine)
    assert documents_found(engine, MatchAll()) == "a"
    assert _litter(folder) == before


def test_interrupted_write_lets_the_next_one_in(
    engine: WhooshEngine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(engine, document("a", "skog"), seq=1)
    before = _litter(folder)
    with monkeypatch.context() as patched:
        patched.setattr("archive.index.whoosh.writer.segment_writer.unit_of", _interrupt)
        with pytest.raises(KeyboardInterrupt):
            engine.write(Batch([document("b", "sjö")], mark(2)))
    assert _litter(folder) == before
    write(engine, document("b", "sjö"), seq=2)
    assert documents_found(engine, MatchAll()) == "a b"


def _interrupt(*_values: object) -> bytes:
    raise KeyboardInterrupt


def test_everything_is_on_the_disk_before_the_rename(
    engine: WhooshEngine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(engine, document("a", "skog"), seq=1)
    log = _record_disk_calls(monkeypatch)
    write(engine, document("b", "sjö"), seq=2)
    renames = [place for place, (what, name) in enumerate(log) if what == "rename" and name.endswith(".toc")]
    assert len(renames) == 1
    before, after = log[: renames[0]], log[renames[0] + 1 :]
    synced = [name for what, name in before if what == "fsync"]
    generation = folder / "gen-1"
    new_segment = max(generation.glob("*.arrays"), key=lambda path: path.stat().st_mtime_ns).name
    assert new_segment in synced
    assert any(".toc.sha256" in name for name in synced)
    assert any(".toc." in name and not name.endswith(".sha256") for name in synced)
    assert synced[-1] == "gen-1"
    assert after[0] == ("fsync", "gen-1")


def test_generation_is_on_the_disk_before_it_is_published(
    engine: WhooshEngine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(engine, document("a", "skog"))
    log = _record_disk_calls(monkeypatch)
    _rebuild(engine)
    swap = log.index(("rename", "current"))
    assert ("fsync", "gen-2") in log[:swap]
    assert ("fsync", "index") in log[:swap]
    assert log[swap + 1] == ("fsync", "index")


def _record_disk_calls(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Record each fsync and rename with the name of its file."""
    log: list[tuple[str, str]] = []
    fsync, replace = os.fsync, Path.replace

    def recorded_fsync(descriptor: int) -> None:
        log.append(("fsync", Path(f"/proc/self/fd/{descriptor}").readlink().name))
        fsync(descriptor)

    def recorded_replace(path: Path, target: Path) -> Path:
        log.append(("rename", Path(target).name))
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", recorded_fsync)
    monkeypatch.setattr(Path, "replace", recorded_replace)
    return log
