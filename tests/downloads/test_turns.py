"""Downloads work one at a time, in the order in which they ask, and step aside for others."""

import threading
import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from archive.app import Archive
from archive.downloads.stream import Stream
from archive.downloads.turns import DownloadTurns, Places, Traffic
from archive.errors import Busy, TooMany
from archive.settings.sections import DownloadSettings
from tests.downloads.taking import taken, wanted
from tests.sample_archive import Sample
from tests.waiting import HANG_S, wait_until


def test_one_works_at_a_time_and_each_in_turn() -> None:
    turns, at_work, most, done = DownloadTurns(), [0], [0], []

    def work(name: int) -> None:
        for _ in range(50):
            with turns.turn():
                at_work[0] += 1
                most[0] = max(most[0], at_work[0])
                turns.step_aside()
                at_work[0] -= 1
        done.append(name)

    threads = [threading.Thread(target=work, args=(name,)) for name in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(HANG_S)
    assert sorted(done) == [0, 1, 2, 3, 4]
    assert most == [1]


def test_whoever_works_again_waits_behind_those_that_wait() -> None:
    turns, order = DownloadTurns(), []

    def work() -> None:
        with turns.turn():
            order.append("other")

    other = threading.Thread(target=work)
    with turns.turn():
        other.start()
        wait_until(lambda: turns.waiting_count == 2, "the other waits")
    with turns.turn():
        order.append("again")
    other.join(HANG_S)
    assert order == ["other", "again"]


def test_turn_that_fails_is_over() -> None:
    turns = DownloadTurns()
    with pytest.raises(ValueError, match="in the turn"), turns.turn():
        raise ValueError("in the turn")
    with turns.turn():
        assert turns.waiting_count == 1


def test_calm_is_waited_for_no_longer_than_said() -> None:
    traffic = Traffic(calm_s=0)
    with traffic.answering():
        assert not traffic.is_calm
        traffic.wait_until_calm(0.001)
    assert traffic.is_calm


def test_whoever_has_just_been_answered_is_expected_to_ask_again() -> None:
    traffic = Traffic(calm_s=HANG_S)
    was_calm = traffic.is_calm
    with traffic.answering():
        pass
    traffic.wait_until_calm(0.001)
    assert (was_calm, traffic.is_calm) == (True, False)


def test_calm_ends_the_wait() -> None:
    traffic, ended = Traffic(calm_s=0.001), threading.Event()
    traffic.begin()

    def wait() -> None:
        traffic.wait_until_calm(HANG_S)
        ended.set()

    thread = threading.Thread(target=wait)
    thread.start()
    traffic.end()
    assert ended.wait(HANG_S)
    thread.join(HANG_S)


class _Watched(Traffic):
    """Traffic that never becomes calm, and notes how long a download would have rested."""

    def __init__(self) -> None:
        super().__init__()
        self.rests_s: list[float] = []

    @property
    def is_calm(self) -> bool:
        return False

    def wait_until_calm(self, timeout_s: float) -> None:
        self.rests_s.append(timeout_s)


def test_work_of_one_turn_is_rested_from_in_the_next() -> None:
    traffic = _Watched()
    turns = DownloadTurns(traffic)
    with turns.turn():
        began = time.thread_time()
        while time.thread_time() - began < 0.003:
            pass  # works, and never steps aside
    assert traffic.rests_s == []
    with turns.turn():
        assert len(traffic.rests_s) == 1
        assert traffic.rests_s[0] >= 19 * 0.003


def test_downloads_go_on_while_others_wait_for_answers(sample: Sample) -> None:
    with sample.archive.downloads.turns.traffic.answering():
        assert taken(sample.archive, wanted()).count(b"\n") == 9


def test_places_are_bounded_in_all_and_for_each_visitor() -> None:
    places = Places(DownloadSettings(at_once_max=3, per_visitor_max=2))
    first, second = places.take("a", False), places.take("a", False)
    with pytest.raises(TooMany):
        places.take("a", False)
    third = places.take("b", True)
    with pytest.raises(Busy):
        places.take("c", False)
    first()
    places.take("c", False)()
    second()
    third()
    again = [places.take("a", False), places.take("a", False), places.take("b", True)]
    assert len(again) == 3


def test_visitor_may_begin_so_many_an_hour_and_an_account_more() -> None:
    places = Places(DownloadSettings(per_hour_max=2))
    for _ in range(2):
        places.take("192.0.2.1", False)()
    with pytest.raises(TooMany) as refused:
        places.take("192.0.2.1", False)
    assert 0 < refused.value.wait_s <= 3601
    places.take("192.0.2.2", False)()
    for _ in range(20):
        places.take("account", True)()
    with pytest.raises(TooMany):
        places.take("account", True)


class _Pieces:
    """A generator of pieces that notes whether it was ended."""

    def __init__(self) -> None:
        self.made = 0
        self.is_ended = False

    def pieces(self) -> Iterator[bytes]:
        try:
            while True:
                self.made += 1
                yield b"piece"
        finally:
            self.is_ended = True


def test_stream_makes_nothing_more_for_a_client_that_has_left() -> None:
    source, has_left, given_back = _Pieces(), [False], []
    stream = Stream(source.pieces(), 1, DownloadTurns(), lambda: has_left[0], lambda: given_back.append(1))
    assert next(stream) == b"piece"
    has_left[0] = True
    with pytest.raises(ConnectionAbortedError):
        next(stream)
    stream.close()
    stream.close()
    assert (source.made, source.is_ended, given_back) == (1, True, [1])


def test_place_is_free_again_whatever_was_taken(sample: Sample) -> None:
    archive: Archive = sample.archive
    for file_format in ("jsonl", "xlsx", "originals", "ris", "parquet"):
        for pieces_taken in (0, 1):
            for _ in range(archive.settings.downloads.at_once_max + 1):
                with closing(archive.downloads.begin(wanted(file_format=file_format))) as stream:
                    for _ in range(pieces_taken):
                        next(stream)
    assert list(archive.temporary.glob("hits-*")) == []
