"""Searches while the catalogue and the index are written: never an error, never a half document."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from archive.app import Archive
from archive.catalogue import documents
from archive.index.documents import Batch, Watermark
from archive.index.follower import IndexFollower
from archive.index.schema import Facet
from archive.index.search import SearchAnswer, SearchRequest
from archive.index.whoosh.engine import WhooshEngine
from archive.model.visibility import Visibility
from archive.search.question import Question
from archive.search.results import ResultPage
from archive.search.service import SearchService
from archive.settings.sections import SearchSettings
from tests.filled_archive import add, ask, opened
from tests.waiting import HANG_S, wait_until

_PAGES = 3


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with opened(tmp_path) as opened_archive:
        yield opened_archive


class _Threads:
    """Threads that repeat something until the test is done; what they raise fails it."""

    def __init__(self) -> None:
        self._done = threading.Event()
        self._threads: list[threading.Thread] = []
        self.errors: list[BaseException] = []
        self.rounds: list[int] = []

    def start(self, action: Callable[[], None]) -> None:
        number = len(self.rounds)
        self.rounds.append(0)

        def repeat() -> None:
            while not self._done.is_set() and not self.errors:
                try:
                    action()
                except BaseException as error:
                    self.errors.append(error)
                self.rounds[number] += 1
                self._done.wait(0.002)

        self._threads.append(threading.Thread(target=repeat, daemon=True))
        self._threads[-1].start()

    def wait_for_rounds(self, count: int) -> None:
        """Wait until each thread has repeated its action `count` times more, or one has failed."""
        wanted = [rounds + count for rounds in self.rounds]

        def is_done() -> bool:
            return bool(self.errors) or all(map(int.__ge__, self.rounds, wanted))

        wait_until(is_done, f"each thread has done {count} rounds more")

    def stop(self) -> None:
        self._done.set()
        for thread in self._threads:
            thread.join(HANG_S)
            assert not thread.is_alive()


@contextmanager
def _meanwhile(*actions: Callable[[], None]) -> Iterator[_Threads]:
    threads = _Threads()
    for action in actions:
        threads.start(action)
    try:
        yield threads
    finally:
        threads.stop()
    if threads.errors:
        raise threads.errors[0]


def _check_whole(result: ResultPage) -> None:
    assert result.total_slides == _PAGES * result.total_groups
    assert all(group.slide_count == _PAGES for group in result.groups)
    kinds = result.facets[Facet.KIND]
    assert sum(one.groups for one in kinds) == result.total_groups
    assert sum(one.pages for one in kinds) == result.total_slides


def _add(archive: Archive, number: int, version: int = 1) -> str:
    return add(
        archive, f"nr {number}", *[f"samma nr{number} v{version}"] * _PAGES, data=f"{number}.{version}"
    )


def test_searches_during_ingest_see_whole_documents_only(archive: Archive) -> None:
    def search() -> None:
        _check_whole(ask(archive, "samma"))

    follower = IndexFollower(archive.indexer, gather_s=0, look_every_s=0.01)
    follower.start()
    try:
        with _meanwhile(search, search) as threads:
            ids = [_add(archive, number) for number in range(10)]
            for number in range(0, 10, 2):
                _add(archive, number, version=2)
            with archive.database.write() as session:
                documents.withdraw(session, ids[1], "test")
                documents.set_visibility(session, ids[3], Visibility.STAFF, "test")
            wait_until(lambda: not archive.indexer.lag(), "the index has followed")
            threads.wait_for_rounds(3)
        assert follower.error is None
    finally:
        follower.stop()
    assert ask(archive, "samma").total_groups == 8
    assert ask(archive, "v2").total_groups == 5
    archive.engine.check()


def test_searches_during_rebuilds_see_all_or_nothing_else(archive: Archive) -> None:
    for number in range(8):
        _add(archive, number)
    archive.indexer.catch_up()

    def search() -> None:
        result = ask(archive, "samma")
        _check_whole(result)
        assert result.total_groups == 8

    with _meanwhile(search, search) as threads:
        for _ in range(4):
            assert archive.indexer.rebuild() == 8
            threads.wait_for_rounds(1)
    assert len(list((archive.settings.data / "index").glob("gen-*"))) == 1


def test_withdrawn_document_never_shows_again_whatever_the_index_is_at(archive: Archive) -> None:
    ids = [_add(archive, number) for number in range(6)]
    archive.indexer.catch_up()
    gone: set[str] = set()

    def search() -> None:
        before = set(gone)
        shown = {hit.document_id for group in ask(archive, "samma").groups for hit in group.best}
        assert not shown & before

    def rebuild() -> None:
        archive.indexer.rebuild()

    with _meanwhile(search, rebuild) as threads:
        for one in ids[:4]:
            with archive.database.write() as session:
                documents.withdraw(session, one, "test")
            gone.add(one)
            threads.wait_for_rounds(2)
            archive.indexer.catch_up()
    assert ask(archive, "samma").total_groups == 2


class _Stale(WhooshEngine):
    """An engine whose first answers are of an earlier state: the catalogue has moved on meanwhile."""

    def __init__(self, directory: Path) -> None:
        super().__init__(directory)
        self.old: SearchAnswer | None = None
        self.stale_answers = 0
        self.asked = 0

    def watermark(self) -> Watermark | None:
        mark = super().watermark()
        return mark and replace(mark, seq=10_000)  # so that nothing is masked

    def search(self, request: SearchRequest) -> SearchAnswer:
        self.asked += 1
        if self.old and self.asked <= self.stale_answers:
            return self.old
        return super().search(request)


@pytest.mark.parametrize(("stale_answers", "asked", "groups"), [(0, 1, 1), (1, 2, 1), (2, 3, 1), (9, 3, 1)])
def test_answer_that_the_catalogue_has_overtaken_is_asked_again(
    archive: Archive, stale_answers: int, asked: int, groups: int
) -> None:
    gone, _ = _add(archive, 1), _add(archive, 2)
    archive.indexer.catch_up()
    engine = _Stale(archive.settings.data / "index")
    service = SearchService(archive.database, engine, archive.analyzer, SearchSettings())
    service.search(Question("samma"), Visibility.PUBLIC)
    request = SearchRequest(query=_tree(archive), limit=20)
    engine.old, engine.asked, engine.stale_answers = archive.engine.search(request), 0, stale_answers
    with archive.database.write() as session:
        documents.withdraw(session, gone, "test")
    archive.indexer.catch_up()
    result = service.search(Question("samma"), Visibility.PUBLIC)
    assert engine.asked == asked
    assert len(result.groups) == groups
    assert gone not in repr(result.groups)


def _tree(archive: Archive):  # type: ignore[no-untyped-def]  # a union of all leaves
    from tests.query.compiling import compiled

    return compiled("samma", analyzer=archive.analyzer).strict


def test_failed_batch_leaves_nothing_and_the_next_one_holds_it(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    _add(archive, 1)
    archive.indexer.catch_up()
    _add(archive, 2)
    write = WhooshEngine.write

    def fail_late(engine: WhooshEngine, batch: Batch) -> None:
        write(engine, Batch([*batch.documents, replace(batch.documents[0], id="")], batch.watermark))

    with monkeypatch.context() as patch:
        patch.setattr(WhooshEngine, "write", fail_late)
        with pytest.raises(Exception, match="cannot be indexed"):
            archive.indexer.catch_up()
    assert ask(archive, "samma").total_groups == 1
    archive.indexer.catch_up()
    assert ask(archive, "samma").total_groups == 2
