"""The follower: the index comes after the catalogue, and nothing that fails ends the thread."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from archive.app import Archive
from archive.errors import Busy, IndexUnusable, StorageError
from archive.index.follower import IndexFollower
from tests.filled_archive import add, ask, opened
from tests.waiting import HANG_S, wait_until

_HOUR_S = 3600.0


def _until(condition: Callable[[], bool]) -> None:
    wait_until(condition, "the follower has done its part")


class _Scripted:
    """An indexer that does what it is told, call by call, then nothing more."""

    def __init__(self, *outcomes: Exception | None, rebuilt: str | Exception = "") -> None:
        self.outcomes = list(outcomes)
        self.rebuilt = rebuilt
        self.calls: list[str] = []
        self.compacts = True
        self.writes = 0
        self.is_doubted = False

    def tell_of_doubt(self, wake: Callable[[], None]) -> None:
        self.wake = wake

    def catch_up(self) -> int:
        self.calls.append("catch_up")
        outcome = self.outcomes.pop(0) if self.outcomes else None
        if outcome:
            raise outcome
        written, self.writes = self.writes, 0
        return written

    def compact(self, should_stop: Callable[[], bool]) -> bool:
        self.calls.append("compact")
        return self.compacts

    def ensure(self, thorough: bool) -> str:
        assert thorough
        self.calls.append("ensure")
        if isinstance(self.rebuilt, Exception):
            raise self.rebuilt
        return self.rebuilt


@contextmanager
def _following(
    indexer: _Scripted, look_every_s: float = 0.01, gather_s: float = 0
) -> Iterator[IndexFollower]:
    follower = IndexFollower(indexer, gather_s, look_every_s)  # type: ignore[arg-type]  # as much of one as is used
    follower.start()
    try:
        yield follower
    finally:
        follower.stop()


def test_changes_become_searchable(tmp_path: Path) -> None:
    with opened(tmp_path) as archive:
        follower = IndexFollower(archive.indexer, gather_s=0.01, look_every_s=_HOUR_S)
        follower.start()
        try:
            for number in range(3):
                add(archive, f"nummer {number}", "sökbart ord")
                follower.changed()
                _until(lambda wanted=number + 1: ask(archive, "sökbart").total_groups == wanted)  # type: ignore[misc]  # a default binds the number
        finally:
            follower.stop()
        assert archive.indexer.lag() == 0


def test_changes_of_other_processes_are_found_without_being_told(tmp_path: Path) -> None:
    with opened(tmp_path) as archive:
        follower = IndexFollower(archive.indexer, gather_s=0, look_every_s=0.05)
        follower.start()
        try:
            add(archive, "tyst", "sökbart ord")
            _until(lambda: ask(archive, "sökbart").total_groups == 1)
        finally:
            follower.stop()


def test_changes_soon_after_a_commit_are_gathered() -> None:
    indexer = _Scripted()
    with _following(indexer, _HOUR_S, gather_s=_HOUR_S) as follower:
        follower.changed()
        _until(lambda: indexer.calls == ["catch_up"])
        for _ in range(50):
            follower.changed()
    assert indexer.calls == ["catch_up"]


def test_change_that_somebody_waits_for_is_not_gathered() -> None:
    indexer = _Scripted()
    with _following(indexer, _HOUR_S, gather_s=_HOUR_S) as follower:
        follower.changed()
        _until(lambda: indexer.calls == ["catch_up"])
        indexer.wake()
        _until(lambda: indexer.calls == ["catch_up"] * 2)


def test_changes_during_a_commit_make_one_more() -> None:
    may_end = threading.Event()

    class Slow(_Scripted):
        def catch_up(self) -> int:
            written = super().catch_up()
            may_end.wait(HANG_S)
            return written

    indexer = Slow()
    with _following(indexer, _HOUR_S) as follower:
        follower.changed()
        _until(lambda: indexer.calls == ["catch_up"])
        for _ in range(50):
            follower.changed()
        may_end.set()
        _until(lambda: len(indexer.calls) == 2)
    assert indexer.calls == ["catch_up", "catch_up"]


@pytest.mark.parametrize("gather_s", [0, _HOUR_S])
def test_it_stops_at_once_while_waiting(gather_s: float) -> None:
    indexer = _Scripted()
    with _following(indexer, _HOUR_S, gather_s) as follower:
        follower.changed()
        _until(lambda: indexer.calls == ["catch_up"])
    assert not [thread for thread in threading.enumerate() if thread.name == "index-follower"]


@pytest.mark.parametrize("error", [Busy("?"), StorageError("full"), RuntimeError("?"), IndexUnusable("?")])
def test_what_fails_is_tried_again(error: Exception) -> None:
    indexer = _Scripted(error, error)
    with _following(indexer) as follower:
        _until(lambda: indexer.calls.count("catch_up") >= 4)
        assert follower.error is None


def test_error_is_logged_once_and_kept_until_it_has_passed(caplog: pytest.LogCaptureFixture) -> None:
    indexer = _Scripted(*[StorageError("The disk is full.")] * 5)
    with caplog.at_level(logging.ERROR), _following(indexer) as follower:
        _until(lambda: isinstance(follower.error, StorageError))
        _until(lambda: follower.error is None)
    assert [record.getMessage() for record in caplog.records] == [
        "The index could not follow the catalogue: The disk is full."
    ]


def test_busy_index_is_no_error(caplog: pytest.LogCaptureFixture) -> None:
    indexer = _Scripted(Busy("?"), IndexUnusable("?"), rebuilt=Busy("?"))
    with caplog.at_level(logging.INFO), _following(indexer) as follower:
        _until(lambda: indexer.calls.count("catch_up") >= 4)
        assert follower.error is None
    assert caplog.records == []


def test_unusable_index_is_rebuilt() -> None:
    indexer = _Scripted(IndexUnusable("?"), rebuilt="the index is damaged")
    with _following(indexer) as follower:
        _until(lambda: len(indexer.calls) >= 3)
        assert follower.error is None
    assert indexer.calls[:3] == ["catch_up", "ensure", "catch_up"]


def test_index_is_tended_only_where_nothing_has_changed() -> None:
    indexer = _Scripted()
    with _following(indexer, look_every_s=_HOUR_S) as follower:
        follower.changed()
        _until(lambda: indexer.calls == ["catch_up"])
        follower.changed()
        _until(lambda: indexer.calls == ["catch_up", "catch_up"])
    with _following(indexer):
        _until(lambda: indexer.calls.count("compact") >= 3)


def test_failed_tending_is_not_tried_again_before_something_is_written() -> None:
    indexer = _Scripted()
    indexer.compacts = False
    with _following(indexer):
        _until(lambda: len(indexer.calls) > 20)
        assert indexer.calls.count("compact") == 1
        indexer.writes = 1
        _until(lambda: indexer.calls.count("compact") >= 2)


def test_tending_leaves_off_when_something_changes(tmp_path: Path) -> None:
    stopped = threading.Event()

    class Tending(_Scripted):
        def compact(self, should_stop: Callable[[], bool]) -> bool:
            if not stopped.is_set():
                follower.changed()
                _until(should_stop)
                stopped.set()
            return True

    indexer = Tending()
    with _following(indexer) as follower:
        _until(stopped.is_set)


def test_segments_become_few_while_the_follower_is_idle(tmp_path: Path) -> None:
    with opened(tmp_path) as archive:
        for number in range(7):
            add(archive, str(number), "sökbart ord")
            archive.indexer.catch_up()
        segments = archive.settings.data / "index" / "current"
        before = len(list(segments.glob("*.arrays")))
        follower = IndexFollower(archive.indexer, gather_s=0, look_every_s=0.05)
        follower.start()
        try:
            _until(lambda: len(list(segments.glob("*.arrays"))) <= 3 < before)
            add(archive, "ny", "sökbart ord")
            follower.changed()
            _until(lambda: ask(archive, "sökbart").total_groups == 8)
        finally:
            follower.stop()
        archive.engine.check()


@pytest.mark.parametrize("rebuilt", ["", StorageError("It cannot be.")])
def test_what_a_rebuild_does_not_mend_is_said(
    rebuilt: str | Exception, caplog: pytest.LogCaptureFixture
) -> None:
    indexer = _Scripted(*[IndexUnusable("It cannot be.")] * 1000, rebuilt=rebuilt)
    with caplog.at_level(logging.ERROR), _following(indexer) as follower:
        _until(lambda: len(indexer.calls) >= 4)
        assert follower.error is not None
    assert len(caplog.records) == 1
    assert "It cannot be." in caplog.records[0].getMessage()


def test_damaged_index_is_made_anew_while_following(tmp_path: Path) -> None:
    with opened(tmp_path) as archive:
        add(archive, "första", "sökbart ord")
        archive.indexer.catch_up()
        _damage(archive)
        add(archive, "andra", "sökbart ord")
        follower = IndexFollower(archive.indexer, gather_s=0, look_every_s=0.05)
        follower.start()
        try:
            _until(lambda: archive.indexer.reason_to_rebuild(thorough=False) == "")
            _until(lambda: ask(archive, "sökbart").total_groups == 2)
        finally:
            follower.stop()


def _damage(archive: Archive) -> None:
    archive.engine.close()
    for path in (archive.settings.data / "index" / "current").iterdir():
        if path.suffix == ".toc":
            path.write_bytes(b"nonsense")
