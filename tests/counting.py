"""Counts what a computation does, so that a test of how work grows does not depend on the machine."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


def steps(action: Callable[[], object]) -> int:
    """Return how many lines of Python `action` runs in this thread; work inside C functions is not seen."""
    count = 0

    def trace(_frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        action()
    finally:
        sys.settrace(before)
    return count


def assert_grows_linearly(action: Callable[[int], object], small: int, times: int = 4) -> None:
    """See that the work for a size `times` as large is not much more than `times` the work.

    Args:
        action: does the work for a size.
        small: the smaller size; large enough that what is done once does not count for much.
        times: how much larger the other one is.
    """
    action(small)  # what is cached, is cached for both
    action(small * times)
    less, more = steps(lambda: action(small)), steps(lambda: action(small * times))
    assert more <= less * times * 1.25, f"{more} lines for {times} times the size, not {less * times}"
