"""Keeps what is made of all that a visitor may see: made beside the searches, and anew after changes."""

import logging
import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

from archive.errors import ArchiveError
from archive.model.visibility import Visibility

_log = logging.getLogger(__name__)

_FIRST_WAIT_S = 1.0
# While documents come in, things are made anew so seldom that it takes a fiftieth of the time, or less.
_PAUSE_MIN_S = 30.0
_PAUSE_TIMES = 50

_Thing = TypeVar("_Thing")


@dataclass(frozen=True, slots=True)
class Held(Generic[_Thing]):
    """Something made, the state of the archive it was made of, when the next may be (monotonic seconds)."""

    thing: _Thing
    state: Hashable
    due_s: float


class Kept(Generic[_Thing]):
    """One thing for each kind of visitor, made in threads of its own. Safe to use from several threads."""

    def __init__(
        self,
        make: Callable[[Visibility], _Thing],
        state: Callable[[], Hashable],
        first_wait_s: float = _FIRST_WAIT_S,
        pause_min_s: float = _PAUSE_MIN_S,
        pause_times: float = _PAUSE_TIMES,
    ) -> None:
        """Keep what `make` makes.

        Args:
            make: makes the thing for a kind of visitor.
            state: returns what identifies the archive's present state.
            first_wait_s: how long `get` waits for the first thing.
            pause_min_s: how long at least a thing is kept, whatever changes.
            pause_times: how many times as long as its making it is kept at least.
        """
        self._make = make
        self._state = state
        self._first_wait_s = first_wait_s
        self._pause_min_s = pause_min_s
        self._pause_times = pause_times
        self._lock = threading.Lock()
        self._held: dict[Visibility, Held[_Thing]] = {}
        self._making: dict[Visibility, threading.Thread] = {}

    def get(self, visitor: Visibility) -> Held[_Thing] | None:
        """Return what was made last, which may be half a minute behind; None where the first takes long.

        The first one is waited for, a second at most.
        """
        thread = self.warm(visitor)
        if thread is not None and visitor not in self._held:
            thread.join(self._first_wait_s)
        return self._held.get(visitor)

    def warm(self, visitor: Visibility) -> threading.Thread | None:
        """Begin to make it where that is due; return the thread that is at it, None where none is."""
        state = self._state()
        with self._lock:
            running = self._making.get(visitor)
            if running is not None and running.is_alive():
                return running
            held = self._held.get(visitor)
            if held is not None and (held.state == state or time.monotonic() < held.due_s):
                return None
            thread = threading.Thread(target=self._run, args=(visitor, state), name="guidance", daemon=True)
            self._making[visitor] = thread
            thread.start()
            return thread

    def close(self) -> None:
        """Wait until no thread reads the archive any more."""
        with self._lock:
            running = list(self._making.values())
        for thread in running:
            thread.join()

    def _run(self, visitor: Visibility, state: Hashable) -> None:
        started_s = time.monotonic()
        try:
            thing = self._make(visitor)
        except ArchiveError as error:
            _log.warning("Help for searches could not be made ready: %s", error)
            return
        ended_s = time.monotonic()
        due_s = ended_s + max(self._pause_min_s, self._pause_times * (ended_s - started_s))
        self._held[visitor] = Held(thing, state, due_s)
