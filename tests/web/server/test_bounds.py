"""When a client has had its time; seconds are said, not waited for."""

import pytest

from archive.web.server.bounds import PROGRESS_MIN_BYTES, Bounds, Patience

BOUNDS = Bounds(15, 20, 30, 500, 100, lambda _: False)


def test_request_that_comes_byte_by_byte_has_no_more_time_than_one_that_stops() -> None:
    patience = Patience(0)
    patience.request_began(5)
    for now_s in range(6, 20):
        assert not patience.is_used_up(0, True, BOUNDS, now_s)
    assert patience.is_used_up(0, True, BOUNDS, 20)


def test_connection_without_a_request_has_the_time_of_one() -> None:
    patience = Patience(0)
    assert not patience.is_used_up(0, False, BOUNDS, 14.9)
    assert patience.is_used_up(0, False, BOUNDS, 15)


def test_connection_may_rest_between_requests() -> None:
    patience = Patience(0)
    patience.sent(100, 10)
    assert not patience.is_used_up(0, False, BOUNDS, 39.9)
    assert patience.is_used_up(0, False, BOUNDS, 40)


def test_answer_that_gets_on_slowly_is_sent_to_its_end_however_long_it_takes() -> None:
    patience = Patience(0)
    patience.response_began(0)
    unsent = 300 * PROGRESS_MIN_BYTES
    for window in range(1, 300):
        patience.sent(PROGRESS_MIN_BYTES, 20 * window - 1)
        unsent -= PROGRESS_MIN_BYTES
        assert not patience.is_used_up(unsent, False, BOUNDS, 20 * window)


@pytest.mark.parametrize("taken", [0, 1, PROGRESS_MIN_BYTES - 1])
def test_answer_that_hardly_gets_on_is_given_up(taken: int) -> None:
    patience = Patience(0)
    patience.response_began(3)
    patience.sent(taken, 10)
    assert not patience.is_used_up(10**9, False, BOUNDS, 22.9)
    assert patience.is_used_up(10**9, False, BOUNDS, 23)


def test_rest_of_an_answer_need_be_no_more_than_it_is() -> None:
    patience = Patience(0)
    patience.response_began(0)
    patience.sent(500, 10)
    assert not patience.is_used_up(499, False, BOUNDS, 20)


def test_slow_reader_has_waited_since_its_last_progress() -> None:
    patience = Patience(0)
    patience.response_began(7)
    assert patience.since(1, False) == 7
    assert patience.since(0, False) == 0
    patience.request_began(9)
    assert patience.since(0, True) == 9
