"""Waiting in tests: for a condition, never for a time."""

import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Protocol

HANG_S = 120.0
"""Longer than anything that is waited for takes on the busiest machine: only a hang lasts so long."""
_PAUSE_S = 0.01


def wait_until(condition: Callable[[], object], what: str) -> None:
    """Wait until `condition` returns something true.

    Args:
        condition: is called again and again, with short pauses.
        what: what is waited for, for the message of the failure.

    Raises:
        AssertionError: the condition is still not met after `HANG_S`.
    """
    limit = time.monotonic() + HANG_S
    while not condition():
        if time.monotonic() > limit:
            raise AssertionError(f"waited {HANG_S:.0f} s in vain for this: {what}")
        time.sleep(_PAUSE_S)


class _Child(Protocol):
    def wait(self, timeout: float | None = None) -> int: ...


def let_run(child: _Child, moment_s: float) -> None:
    """Let a child work until some moment at which it is killed; nothing may depend on how far it gets."""
    with suppress(subprocess.TimeoutExpired):
        child.wait(moment_s)
