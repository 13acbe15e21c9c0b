import logging
import threading

import pytest

from archive.errors import IndexUnusable
from archive.model.visibility import Visibility
from archive.search.refreshed import Pace, Refreshed

PUBLIC = Visibility.PUBLIC


def test_thing_is_kept_while_nothing_changes() -> None:
    made: list[Visibility] = []

    def make(visitor: Visibility) -> int:
        made.append(visitor)
        return len(made)

    kept = Refreshed(make, lambda: "same")
    assert [found.value for _ in range(3) if (found := kept.get(PUBLIC))] == [1, 1, 1]
    assert (found := kept.get(Visibility.STAFF))
    assert found.value == 2
    assert made == [PUBLIC, Visibility.STAFF]


def test_after_a_change_the_old_is_given_until_the_new_is_made() -> None:
    state, go_on, made = ["first"], threading.Event(), [0]

    def make(_: Visibility) -> int:
        if made[0]:
            go_on.wait(timeout=60)
        made[0] += 1
        return made[0]

    kept = Refreshed(make, lambda: state[0], Pace(pause_min_s=0, pause_times=0))
    assert (first := kept.get(PUBLIC))
    state[0] = "second"
    assert (old := kept.get(PUBLIC))
    assert (old.value, old.state) == (first.value, "first")
    go_on.set()
    kept.close()
    assert (new := kept.get(PUBLIC))
    assert (new.value, new.state) == (2, "second")


def test_changes_that_follow_each_other_do_not_make_it_each_time() -> None:
    state, made = [0], [0]

    def make(_: Visibility) -> int:
        made[0] += 1
        return made[0]

    kept = Refreshed(make, lambda: state[0])
    for number in range(5):
        state[0] = number
        assert kept.get(PUBLIC)
        kept.close()
    assert made == [1]


def test_search_does_not_wait_for_what_takes_long() -> None:
    go_on = threading.Event()
    kept = Refreshed(lambda _: go_on.wait(timeout=60), lambda: "same", Pace(first_wait_s=0.01))
    assert kept.get(PUBLIC) is None
    go_on.set()
    kept.close()
    assert kept.get(PUBLIC)


def test_damaged_index_gives_nothing_and_says_so(caplog: pytest.LogCaptureFixture) -> None:
    def make(_: Visibility) -> int:
        raise IndexUnusable("a file is missing")

    with caplog.at_level(logging.WARNING, "archive.search.refreshed"):
        assert Refreshed(make, lambda: "same").get(PUBLIC) is None
    assert "a file is missing" in caplog.text
