"""Keeps what is made of all that a visitor may see: made in the background, and again after changes.

What is kept may be behind the archive: check what is taken from it before it is shown. What must never be
behind is kept by `web/http/cache.py` instead.
"""

import logging
import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

from archive.errors import ArchiveError
from archive.model.visibility import Visibility

_log = logging.getLogger(__name__)

_END_TIMEOUT_S = 30.0

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Pace:
    """How long the first value is waited for, and how seldom values are made again.

    While documents come in, a pause is at least `pause_min_s` and `pause_times` as long as making took, so
    that it takes a fiftieth of the time, or less.
    """

    first_wait_s: float = 1.0
    pause_min_s: float = 30.0
    pause_times: int = 50


@dataclass(frozen=True, slots=True)
class RefreshedValue(Generic[_Value]):
    """A value, the state of the archive it was made of, when the next may be made (monotonic seconds)."""

    value: _Value
    state: Hashable
    due_s: float


class Refreshed(Generic[_Value]):
    """One value for each kind of visitor, made in threads of its own. Safe to use from several threads."""

    def __init__(
        self,
        make: Callable[[Visibility], _Value],
        state: Callable[[], Hashable],
        pace: Pace | None = None,
    ) -> None:
        """`state` returns what identifies the archive's present state."""
        self._make = make
        self._state = state
        self._pace = pace or Pace()
        self._lock = threading.Lock()
        self._made: dict[Visibility, RefreshedValue[_Value]] = {}
        self._making: dict[Visibility, threading.Thread] = {}

    def get(self, visitor: Visibility) -> RefreshedValue[_Value] | None:
        """Return what was made last, which may be half a minute behind; None where the first takes long.

        The first one is waited for, a second at most.
        """
        thread = self.warm(visitor)
        if thread is not None and visitor not in self._made:
            thread.join(self._pace.first_wait_s)
        return self._made.get(visitor)

    def warm(self, visitor: Visibility) -> threading.Thread | None:
        """Begin to make it where that is due; return the thread that is at it, None where none is."""
        state = self._state()
        with self._lock:
            running = self._making.get(visitor)
            if running is not None and running.is_alive():
                return running
            made = self._made.get(visitor)
            if made is not None and (made.state == state or time.monotonic() < made.due_s):
                return None
            thread = threading.Thread(target=self._run, args=(visitor, state), name="guidance", daemon=True)
            self._making[visitor] = thread
            thread.start()
            return thread

    def close(self) -> None:
        """Wait until no thread reads the archive any more, half a minute at most."""
        with self._lock:
            running = list(self._making.values())
        until_s = time.monotonic() + _END_TIMEOUT_S
        for thread in running:
            thread.join(max(0.0, until_s - time.monotonic()))

    def _run(self, visitor: Visibility, state: Hashable) -> None:
        started_s = time.monotonic()
        try:
            value = self._make(visitor)
        except ArchiveError as error:
            _log.warning("Help for searches could not be made ready: %s", error)
            return
        ended_s = time.monotonic()
        pause_s = max(self._pace.pause_min_s, self._pace.pause_times * (ended_s - started_s))
        self._made[visitor] = RefreshedValue(value, state, ended_s + pause_s)
