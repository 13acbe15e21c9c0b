"""An erasure that is killed at random points and begun again: a few of what `bench/erasures.py` does."""

import pytest

from bench.erasures import campaign

pytestmark = pytest.mark.long


def test_killed_erasures_leave_nothing_once_they_are_begun_again() -> None:
    lefts, failures = campaign(3, seed=7)
    assert sum(lefts.values()) == 3
    assert failures == []
