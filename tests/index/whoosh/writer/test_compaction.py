"""Compaction: few segments in the end, the same answers, and nobody waits for it or loses by it."""

import errno
import os
import random
import signal
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.errors import StorageError
from archive.index.query import MatchAll, Term, TermPhrase
from archive.index.schema import Facet, TextField
from archive.index.search import Scope, SearchRequest
from archive.index.whoosh.directory.generations import Generations
from archive.index.whoosh.engine import WhooshEngine
from archive.index.whoosh.searcher.searcher import search
from archive.index.whoosh.writer import merge_policy
from tests.forked import Forked
from tests.index.index_documents import ask, counted, document, documents_found, found, mark, page, write
from tests.waiting import HANG_S, let_run

TEXT, EXACT = TextField.TEXT, TextField.EXACT
SKOG = Term(TEXT, "skog")
_STAFF = Scope(max_rank=2)


def _never() -> bool:
    return False


def _segments(engine: WhooshEngine) -> list[int]:
    """Return how many pages each segment holds, removed ones included."""
    snapshot = engine.snapshots.newest()
    assert snapshot
    return [view.segment.page_count for view in snapshot.views]


def _fill(engine: WhooshEngine, count: int, first: int = 0) -> None:
    for n in range(first, first + count):
        pages = (page(3, f"grön skog ord{n}", title="skog"), page(9, "sjö", rank=2, language="en"))
        write(engine, document(f"d{n:02}", *pages, group=f"g{n // 2}", year=str(n % 3), date="2020-01-02"))


def _answers(engine: WhooshEngine) -> object:
    """Return what searches find; scores depend on removed pages and are left out."""
    return (
        [found(engine, query, 2) for query in (SKOG, MatchAll(), TermPhrase(EXACT, ("grön", "skog")))],
        counted(ask(engine, MatchAll(), max_rank=2, facets=[Facet.YEAR, Facet.LANGUAGE]), Facet.YEAR),
        engine.matching_pages(MatchAll(), _STAFF, "d03"),
        engine.counts(),
        engine.watermark(),
        engine.suggest("ord", EXACT, 2, 100),
    )


def _compact(engine: WhooshEngine) -> int:
    steps = 0
    while engine.compact(_never):
        steps += 1
        assert steps < 100
    return steps


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_many_segments_become_few_with_the_same_answers(engine: WhooshEngine, folder: Path) -> None:
    _fill(engine, 20)
    write(engine, document("d04"), document("d05", page(1, "vik")))
    before, many = _answers(engine), len(_segments(engine))
    assert _compact(engine) > 0
    assert len(_segments(engine)) <= 3 < many
    assert _answers(engine) == before
    engine.check()
    assert _names(folder) == {".archive-index", "current", "gen-1", "writer.lock", "merging.lock"}
    assert len(list((folder / "gen-1").glob("*.arrays"))) == len(_segments(engine))
    assert not engine.compact(_never)
    _fill(engine, 3, first=20)
    assert engine.counts() == (22, 43)


def test_segments_left_grow_by_their_size() -> None:
    chance = random.Random(3)
    sizes = [chance.randrange(1, 3000) for _ in range(60)]
    rewritten = 0
    while chosen := merge_policy.to_compact([_Stored(size, n) for n, size in enumerate(sizes)]):
        gone = {one.number for one in chosen}
        rewritten += sum(one.size for one in chosen)
        sizes = [size for n, size in enumerate(sizes) if n not in gone] + [sum(one.size for one in chosen)]
        assert sum(one.size for one in chosen) <= merge_policy.MAX_SEGMENT_PAGES
    small = sorted(size for size in sizes if size * 2 < merge_policy.MAX_SEGMENT_PAGES)
    assert all(size >= 2 * sum(small[:n]) for n, size in enumerate(small))
    assert len(sizes) <= 8


class _Stored:
    """As much of one of Whoosh's segments as a policy looks at."""

    def __init__(self, size: int, number: int, deleted: int = 0) -> None:
        self.size, self.number, self.deleted = size, number, deleted

    def doc_count(self) -> int:
        return self.size

    def deleted_count(self) -> int:
        return self.deleted

    def segment_id(self) -> int:
        return self.number


@pytest.mark.parametrize("added", [1, 25, 126, 1000, 5000])
def test_no_commit_rewrites_more_than_its_share(added: int) -> None:
    chance = random.Random(added)
    bound = merge_policy.max_rewritten_pages(added)
    assert bound <= max(1000, 8 * added)
    segments: list[_Stored] = []
    for number in range(2000):
        for one in segments:
            one.deleted += one.size // 2 if chance.random() < 0.02 else 0
        chosen = merge_policy.due(segments, added)
        assert sum(one.size for one in chosen) <= bound
        segments = merge_policy.without(segments, chosen)
        segments.append(_Stored(added + sum(one.size for one in chosen), number))
    # Those too large for a commit of this size wait for compaction; of the others there are few.
    small = [one for one in segments if one.size * merge_policy.SEGMENTS_PER_TIER // 2 <= bound]
    assert len(small) <= 6 * merge_policy.SEGMENTS_PER_TIER


def test_worn_segment_is_written_anew_without_what_was_removed(engine: WhooshEngine) -> None:
    with engine.rebuild() as rebuild:
        rebuild.write([document(f"d{n:02}", *["skog"] * 10) for n in range(40)])
        rebuild.publish(mark(1))
    write(engine, *[document(f"d{n:02}") for n in range(16)])
    assert max(_segments(engine)) == 401
    _compact(engine)
    assert sum(_segments(engine)) <= 243
    assert ask(engine, SKOG).total_pages == 240


class _DuringTheMerge:
    """A `should_stop` that acts once, when the sources have been read and nothing is adopted yet."""

    def __init__(self, folder: Path, act: Callable[[], None]) -> None:
        self._part = folder / "merging"
        self._act = act
        self.has_acted = False

    def __call__(self) -> bool:
        if not self.has_acted and self._part.exists():
            self.has_acted = True
            self._act()
        return False


def test_what_is_written_during_a_merge_holds(engine: WhooshEngine, folder: Path) -> None:
    _fill(engine, 6)
    write(engine, document("e1", *["skog"] * 5), document("e2", "skog"), document("e3", "skog"))
    other = WhooshEngine(folder)

    def act() -> None:
        write(other, document("e2", page(1, "vik")), document("e3"), document("x", "skog"), seq=50)

    during = _DuringTheMerge(folder, act)
    assert engine.compact(during)
    assert during.has_acted
    assert engine.watermark() == mark(50)
    assert documents_found(engine, SKOG) == "d00 d01 d02 d03 d04 d05 e1 x"
    assert documents_found(engine, MatchAll(), 2) == "d00 d01 d02 d03 d04 d05 e1 e2 x"
    engine.check()
    _compact(engine)
    assert engine.watermark() == mark(50)
    assert documents_found(engine, MatchAll(), 2) == "d00 d01 d02 d03 d04 d05 e1 e2 x"
    other.close()


def test_merge_whose_sources_have_gone_is_dropped(engine: WhooshEngine, folder: Path) -> None:
    _fill(engine, 7)
    other = WhooshEngine(folder)
    during = _DuringTheMerge(folder, lambda: _fill(other, 8, first=7))
    assert not engine.compact(during)
    assert during.has_acted
    assert engine.counts() == (15, 30)
    engine.check()
    assert len(list((folder / "gen-1").glob("*.arrays"))) == len(_segments(engine))
    other.close()


def test_merge_for_an_index_that_was_replaced_is_dropped(engine: WhooshEngine, folder: Path) -> None:
    _fill(engine, 6)
    other = WhooshEngine(folder)

    def act() -> None:
        with other.rebuild() as rebuild:
            rebuild.write([document("n", "skog")])
            rebuild.publish(mark(9))

    during = _DuringTheMerge(folder, act)
    assert not engine.compact(during)
    assert during.has_acted
    assert documents_found(engine, MatchAll()) == "n"
    engine.check()
    other.close()


def test_searches_and_writes_go_on_during_a_merge(
    engine: WhooshEngine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The merge waits in its middle until another process's write and a search are done."""
    _fill(engine, 6)
    is_merging, may_go_on = threading.Event(), threading.Event()

    def should_stop() -> bool:
        if threading.current_thread() is not threading.main_thread() and (folder / "merging").exists():
            is_merging.set()
            assert may_go_on.wait(HANG_S)
        return False

    thread = threading.Thread(target=engine.compact, args=(should_stop,))
    thread.start()
    assert is_merging.wait(20)
    writer = WhooshEngine(folder, lock_timeout_s=0.1)
    write(writer, document("nytt", "skog"), seq=90)
    assert "nytt" in documents_found(engine, SKOG).split()
    assert not writer.compact(_never), "two at once"
    may_go_on.set()
    thread.join()
    assert engine.watermark() == mark(90)
    assert engine.counts() == (7, 13)
    assert len(_segments(engine)) < 7
    engine.check()
    writer.close()


def test_merge_that_is_to_stop_leaves_all_as_it_was(engine: WhooshEngine, folder: Path) -> None:
    _fill(engine, 6)
    before, files = _segments(engine), _names(folder / "gen-1")
    calls = iter([False, False, True])
    assert not engine.compact(lambda: next(calls))
    assert next(calls, None) is None
    assert (_segments(engine), _names(folder / "gen-1")) == (before, files)
    assert not (folder / "merging").exists()
    _fill(engine, 1, first=6)


def test_busy_writer_is_not_waited_for_long(engine: WhooshEngine, folder: Path) -> None:
    _fill(engine, 6)
    before = _segments(engine)
    with Generations(folder).writer_lock(timeout_s=0):
        assert not engine.compact(_never)
    assert _segments(engine) == before


@pytest.mark.parametrize("nth", range(0, 14, 3))
def test_failing_disk_during_a_merge_leaves_all_as_it_was(
    engine: WhooshEngine, folder: Path, monkeypatch: pytest.MonkeyPatch, nth: int
) -> None:
    _fill(engine, 6)
    before, files, answers = _segments(engine), _names(folder / "gen-1"), _answers(engine)
    left, fsync = [nth], os.fsync

    def fail(descriptor: int) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(errno.ENOSPC, "full")
        fsync(descriptor)

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", fail)
        with pytest.raises(StorageError):
            engine.compact(_never)
    assert (_segments(engine), _names(folder / "gen-1"), _answers(engine)) == (before, files, answers)
    assert not (folder / "merging").exists()
    _compact(engine)
    assert _answers(engine) == answers


def test_old_segments_go_with_the_last_search_that_has_them(engine: WhooshEngine, folder: Path) -> None:
    def mapped() -> int:
        return sum(str(folder) in line for line in Path("/proc/self/maps").read_text().splitlines())

    _fill(engine, 6)
    assert mapped() == 6
    snapshot = engine.snapshots.newest()
    assert snapshot
    _compact(engine)
    now = len(_segments(engine))
    assert mapped() == 6 + now
    assert len(list((folder / "gen-1").glob("*.arrays"))) == now
    assert search(snapshot, SearchRequest(SKOG)).total_pages == 6
    del snapshot
    assert mapped() == now


_KILLED = """
import sys; from pathlib import Path
from archive.index.whoosh.engine import WhooshEngine
from tests.index.index_documents import document, write
engine = WhooshEngine(Path(sys.argv[1]))
print("ready", flush=True)
number = engine.watermark().seq
while True:
    number += 1
    write(engine, document(f"d{number % 30:02}", "skog", f"nummer{number}"), seq=number)
    print(number, flush=True)
    while engine.compact(lambda: False):
        pass
"""


def test_killed_compaction_loses_nothing(engine: WhooshEngine, folder: Path) -> None:
    write(engine, document("d00", "skog"))
    chance = random.Random(5)
    for _ in range(12):
        with Forked(folder, code=_KILLED) as child:
            assert child.stdout.readline() == "ready\n"
            let_run(child, chance.uniform(0.02, 0.3))
            child.send_signal(signal.SIGKILL)
            said = [int(line) for line in child.stdout.read().splitlines() if line]
        held = engine.watermark()
        assert held is not None
        assert held.seq >= max(said, default=0)
        engine.check()
        newest = {f"d{number % 30:02}": number for number in range(2, held.seq + 1)}
        for name, number in newest.items():
            assert documents_found(engine, Term(TEXT, f"nummer{number}")) == name
        assert engine.counts()[1] == 2 * len(newest) + ("d00" not in newest)
    _compact(engine)
    assert not (folder / "merging").exists()
    assert len(_segments(engine)) <= 4
    engine.check()
