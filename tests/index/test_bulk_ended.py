"""Several processes make a new index, and one of them ends before it is made: nothing changes."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from archive.errors import IndexUnusable, StorageError
from archive.index import indexer
from archive.index.engines import open_part
from archive.index.whoosh.engine import WhooshEngine
from tests.forked import Forked
from tests.index.bulk_archives import DOCUMENTS, answers, copy_filled, opened
from tests.index.index_documents import document, mark
from tests.waiting import HANG_S, wait_until

pytestmark = pytest.mark.long


@pytest.fixture(autouse=True)
def _bulk_for_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexer, "MIN_BULK_PAGES", 1)


def _helpers(of: int) -> list[int]:
    """Return the helper processes that a process has."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            status = (entry / "stat").read_text()
            command = (entry / "cmdline").read_bytes()
        except OSError:
            continue
        if b"archive.index.part" in command and int(status.rsplit(")", 1)[1].split()[1]) == of:
            found.append(int(entry.name))
    return found


def _gone(pids: list[int]) -> bool:
    return not any(Path(f"/proc/{pid}").exists() for pid in pids)


def test_killed_helper_leaves_the_old_index(tmp_path: Path) -> None:
    copy_filled(tmp_path)
    with opened(tmp_path, 2) as archive:
        archive.indexer.rebuild()
        before = answers(archive)
        generation = (archive.settings.data / "index" / "current").readlink()
        seen: list[int] = []

        def kill(_done: int) -> None:
            if not seen:
                seen.extend(_helpers(os.getpid()))
                os.kill(seen[0], signal.SIGKILL)

        with pytest.raises(IndexUnusable, match="index_processes"):
            archive.indexer.rebuild(kill)
        assert len(seen) == 2
        wait_until(lambda: _gone(seen), "both helpers have ended")
        assert (archive.settings.data / "index" / "current").readlink() == generation
        assert [path.name for path in (archive.settings.data / "index").glob("gen-*")] == [str(generation)]
        assert answers(archive) == before
        assert archive.indexer.rebuild() == DOCUMENTS
        assert answers(archive) == before


def test_rebuild_that_is_broken_off_ends_its_helpers(tmp_path: Path) -> None:
    copy_filled(tmp_path)
    with opened(tmp_path, 2) as archive:
        before, threads, seen = answers(archive), threading.active_count(), []

        def interrupt(_done: int) -> None:
            seen.extend(_helpers(os.getpid()))
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            archive.indexer.rebuild(interrupt)
        assert len(seen) == 2
        assert _gone(seen)
        assert threading.active_count() == threads
        assert answers(archive) == before
        assert len(list((archive.settings.data / "index").glob("gen-*"))) == 1


_REBUILD = """
import sys
from pathlib import Path
from archive.index import indexer
from tests.index.bulk_archives import opened
indexer.MIN_BULK_PAGES = 1
with opened(Path(sys.argv[1]), 2, documents_per_turn=1) as archive:
    print("opened", flush=True)
    archive.indexer.rebuild(lambda done: print(done, flush=True))
    print("rebuilt", flush=True)
"""


@pytest.mark.parametrize("done", [0, 20, DOCUMENTS])
def test_killed_rebuild_leaves_the_old_index_and_no_process(tmp_path: Path, done: int) -> None:
    copy_filled(tmp_path)
    with opened(tmp_path, 2) as archive:
        before = answers(archive)
    with Forked(tmp_path, code=_REBUILD) as process:
        assert process.stdout.readline() == "opened\n"
        if done:
            for line in process.stdout:
                if line.strip().isdecimal() and int(line) >= done:
                    break
        else:
            wait_until(lambda: _helpers(process.pid) or process.poll() is not None, "helpers are at work")
        helpers = _helpers(process.pid)
        process.kill()
    wait_until(lambda: _gone(helpers), "all helpers have ended")
    with opened(tmp_path, 2) as archive:
        assert archive.indexer.reason_to_rebuild(thorough=True) == ""
        assert answers(archive) == before
        assert len(list((archive.settings.data / "index").glob("gen-*"))) == 1


_BUSY = """
import threading
from archive.index import part
threading.Thread(target=part._end_with, args=(0,), daemon=True).start()
print("busy", flush=True)
threading.Event().wait()
"""


def test_helper_ends_at_once_with_who_told_it() -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", _BUSY], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with process:
        assert process.stdin
        assert process.stdout
        process.stdin.write("a line that it does not read yet\n")
        process.stdin.flush()
        assert process.stdout.readline() == "busy\n"
        assert process.poll() is None
        process.stdin.close()
        assert process.wait(HANG_S) == 1


def test_what_a_killed_rebuild_leaves_running_writes_nowhere(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path / "index")
    with engine.rebuild() as new:
        made = new.make_part()
        late = open_part("whoosh", made, process_count=2)
        late.write([document("late", "skog")])
        folder = Path(made).parent
    with engine.rebuild() as new:
        again = new.make_part()
        assert Path(again).parent == folder
        with pytest.raises((IndexUnusable, StorageError)):
            late.finish()
        filling = open_part("whoosh", again, process_count=2)
        filling.write([document("a", "skog"), document("b", "skog")])
        filling.finish()
        filling.close()
        new.adopt(again)
        new.publish(mark(1))
    late.close()
    assert engine.counts() == (2, 2)
    engine.check()
    engine.close()
