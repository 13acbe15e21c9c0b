"""Generations, the writer lock, and readers that outlive what they read."""

import fcntl
import os
import shutil
import time
from pathlib import Path

import pytest

from archive.disk import own_folders
from archive.errors import Busy, IndexUnusable, SettingsError
from archive.index.documents import Batch
from archive.index.engines import open_engine
from archive.index.query import MatchAll, Term
from archive.index.schema import TextField
from archive.index.search import SearchRequest
from archive.index.whoosh.directory.errors import FilesVanished
from archive.index.whoosh.engine import WhooshEngine
from archive.index.whoosh.searcher import snapshot as snapshot_module
from archive.index.whoosh.searcher.searcher import search
from archive.index.whoosh.segment.segment import Segment
from tests.forked import Forked
from tests.index.index_documents import ask, document, documents_found, mark, write

SKOG = Term(TextField.TEXT, "skog")


def _rebuild(engine: WhooshEngine, name: str, seq: int) -> None:
    with engine.rebuild() as rebuild:
        rebuild.write([document(name, "skog")])
        rebuild.publish(mark(seq))


def _generations(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.name.startswith("gen-")}


def test_one_generation_is_left_after_rebuilds(engine: WhooshEngine, folder: Path) -> None:
    write(engine, document("a", "skog"))
    for seq in range(2, 6):
        _rebuild(engine, f"d{seq}", seq)
    assert _generations(folder) == {"gen-5"}
    assert str((folder / "current").readlink()) == "gen-5"


def test_leftovers_are_cleared_on_opening(engine: WhooshEngine, folder: Path) -> None:
    write(engine, document("a", "skog"))
    own_folders.make(folder / "gen-7", "generation")
    (folder / "gen-7" / "MAIN_x.seg").write_bytes(b"half")
    (folder / "current.new").symlink_to("gen-7")
    WhooshEngine(folder).close()
    assert _generations(folder) == {"gen-1"}
    assert not (folder / "current.new").is_symlink()


def test_folder_that_only_looks_like_a_generation_stays(engine: WhooshEngine, folder: Path) -> None:
    write(engine, document("a", "skog"))
    (folder / "gen-7").mkdir()
    (folder / "gen-7" / "somebody's").write_bytes(b"file")
    WhooshEngine(folder).close()
    _rebuild(engine, "b", 2)
    assert _generations(folder) == {"gen-7", "gen-8"}
    assert (folder / "gen-7" / "somebody's").read_bytes() == b"file"


def test_first_batch_that_died_unpublished_is_cleared(folder: Path) -> None:
    folder.mkdir(mode=0o700)
    (folder / "gen-1").mkdir()
    engine = WhooshEngine(folder)
    assert engine.watermark() is None
    write(engine, document("a", "skog"))
    assert documents_found(engine, MatchAll()) == "a"
    engine.close()


def test_opening_leaves_a_rebuild_at_work_alone(engine: WhooshEngine, folder: Path) -> None:
    with engine.rebuild() as rebuild:
        rebuild.write([document("a", "skog")])
        WhooshEngine(folder).close()
        rebuild.publish(mark(1))
    assert documents_found(engine, MatchAll()) == "a"


def test_litter_of_a_killed_writer_goes_with_the_next_commit(engine: WhooshEngine, folder: Path) -> None:
    write(engine, document("a", "skog"))
    generation = folder / "gen-1"
    for name in ("MAIN_0123456789abcdef.trm", "MAIN_0123456789abcdef.seg.sha256"):
        (generation / name).write_bytes(b"half")
    (generation / "MAIN.tmp").mkdir()
    (generation / "MAIN.tmp" / "x.run").write_bytes(b"half")
    write(engine, document("b", "skog"))
    assert not list(generation.glob("*0123456789abcdef*"))
    assert not (generation / "MAIN.tmp").exists()
    engine.check()


def test_table_of_contents_of_a_killed_writer_is_not_read(engine: WhooshEngine, folder: Path) -> None:
    write(engine, document("a", "skog"))
    toc = next((folder / "gen-1").glob("*.toc"))
    (folder / "gen-1" / f"{toc.name}.1234.5").write_bytes(b"half")
    (folder / "gen-1" / "_MAIN_2.toc.sha256").write_bytes(b"half")
    assert documents_found(WhooshEngine(folder), MatchAll()) == "a"
    write(engine, document("b", "skog"))
    assert documents_found(engine, MatchAll()) == "a b"


def test_writer_waits_then_says_busy(
    engine: WhooshEngine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(time, "sleep", pauses.append)
    write(engine, document("a", "skog"))
    assert pauses == []
    descriptor = os.open(folder / "writer.lock", os.O_RDWR)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    with pytest.raises(Busy):
        write(engine, document("b", "skog"))
    assert pauses
    pauses.clear()
    with pytest.raises(Busy), engine.rebuild():
        pass
    assert pauses
    assert documents_found(engine, MatchAll()) == "a"
    os.close(descriptor)
    write(engine, document("b", "skog"))
    assert documents_found(engine, MatchAll()) == "a b"


def test_batch_during_a_rebuild_says_busy(engine: WhooshEngine) -> None:
    with engine.rebuild(), pytest.raises(Busy):
        write(engine, document("b", "skog"))


def test_search_under_way_ends_on_the_old_generation(engine: WhooshEngine) -> None:
    write(engine, document("a", "skog"), document("b", "skog"))
    snapshot = engine.snapshots.newest()
    assert snapshot is not None
    _rebuild(engine, "c", 2)
    assert documents_found(engine, MatchAll()) == "c"
    answer = search(snapshot, SearchRequest(SKOG))
    assert [group.group for group in answer.groups] == ["a", "b"]


def test_files_are_let_go_when_their_state_is_replaced(engine: WhooshEngine, folder: Path) -> None:
    def mapped() -> int:
        return sum(str(folder) in line for line in Path("/proc/self/maps").read_text().splitlines())

    for version in range(10):
        write(engine, document("a", f"skog v{version}"))
        ask(engine, SKOG)
    assert mapped() == 1
    snapshot = engine.snapshots.newest()
    engine.close()
    assert mapped() == 1
    del snapshot
    assert mapped() == 0


def test_file_that_vanishes_while_opening_is_asked_for_again(
    engine: WhooshEngine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when another process commits between reading the table of contents and opening a segment."""
    write(engine, document("a", "skog"))
    reader = WhooshEngine(folder)
    real = Segment
    writes = iter(["b", "c"])

    def opening(place: Path, stored: object) -> object:
        name = next(writes, None)
        if name:
            with monkeypatch.context() as undone, engine.rebuild() as rebuild:
                undone.setattr(snapshot_module, "Segment", real)
                rebuild.write([document(name, "skog")])
                rebuild.publish(mark(5))
        return real(place, stored)

    monkeypatch.setattr(snapshot_module, "Segment", opening)
    assert documents_found(reader, MatchAll()) == "c"
    reader.close()


def test_file_missing_for_good_is_not_asked_for_ever(engine: WhooshEngine, folder: Path) -> None:
    write(engine, document("a", "skog"))
    engine.close()
    next((folder / "gen-1").glob("*.arrays")).unlink()
    with pytest.raises(IndexUnusable):
        ask(engine, SKOG)


def test_file_that_goes_missing_during_a_write_is_said_so(
    engine: WhooshEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(engine, document("a", "skog"))

    def remove(*_: object) -> None:
        raise FilesVanished

    with monkeypatch.context() as patched:
        patched.setattr("archive.index.whoosh.writer.commit.Commit.remove", remove)
        with pytest.raises(IndexUnusable, match="a file is missing"):
            write(engine, document("a", "sjö"))
    write(engine, document("a", "sjö"))
    engine.check()


def test_folder_made_anew_under_the_same_numbers_is_noticed(engine: WhooshEngine, folder: Path) -> None:
    write(engine, document("a", "skog"))
    assert documents_found(engine, MatchAll()) == "a"
    for path in folder.iterdir():
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    other = WhooshEngine(folder)
    write(other, document("b", "skog"))
    assert str((folder / "current").readlink()) == "gen-1"
    assert documents_found(engine, MatchAll()) == "b"
    other.close()


def test_other_process_sees_commits_and_rebuilds(engine: WhooshEngine, folder: Path) -> None:
    script = (
        "import sys; from pathlib import Path\n"
        "from archive.index.whoosh.engine import WhooshEngine\n"
        "engine = WhooshEngine(Path(sys.argv[1]))\n"
        "for line in sys.stdin: print(engine.watermark().seq, *engine.counts(), flush=True)\n"
    )
    with Forked(folder, code=script) as child:

        def asked() -> str:
            child.stdin.write("\n")
            child.stdin.flush()
            return child.stdout.readline().strip()

        write(engine, document("a", "skog"), seq=1)
        assert asked() == "1 1 1"
        write(engine, document("b", "skog", "sjö"), seq=2)
        assert asked() == "2 2 3"
        _rebuild(engine, "c", 8)
        assert asked() == "8 1 1"
        write(engine, document("d", "skog"), seq=9)
        assert asked() == "9 2 2"
        child.communicate()


def test_document_twice_in_a_rebuild_is_refused(engine: WhooshEngine) -> None:
    with engine.rebuild() as rebuild:
        rebuild.write([document("a", "skog")])
        with pytest.raises(IndexUnusable):
            rebuild.write([document("a", "sjö")])


def test_rebuild_is_over_once_published(engine: WhooshEngine) -> None:
    with engine.rebuild() as rebuild:
        rebuild.publish(mark(1))
        with pytest.raises(IndexUnusable):
            rebuild.write([document("a", "skog")])
    engine.write(Batch([document("a", "skog")], mark(2)))
    assert documents_found(engine, MatchAll()) == "a"


def test_unknown_engine_is_a_wrong_setting(tmp_path: Path) -> None:
    with pytest.raises(SettingsError):
        open_engine("lucene", tmp_path / "index")
