"""Keeps the servers of confined readers from one test to the next: a start is half a second of processing.

Such a server reads no file: it forks a clean confined child for each (`archive/ingest/sandbox/server.py`).
How it starts and ends is tested with sandboxes that are not kept (`tests/ingest/sandbox/`), and with commands
in processes of their own (`tests/forked.py`).
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from archive.ingest.sandbox.base import Limits, Request
from archive.ingest.sandbox.forking import ForkingSandbox

_kept: dict[str, list[ForkingSandbox]] = {}
_changing = threading.Lock()


class _Borrowed(ForkingSandbox):
    """A sandbox that reads with one that was kept; closed, it gives that back if nothing runs in it."""

    def __init__(self, registry: str) -> None:
        super().__init__(registry)
        self._of = registry
        self._with: ForkingSandbox | None = None
        self._runs = 0

    @contextmanager
    def run(self, request: Request, file: Path, limits: Limits) -> Iterator[Iterator[bytes]]:
        with _changing:
            if self._with is None:
                kept = _kept.setdefault(self._of, [])
                self._with = kept.pop() if kept else ForkingSandbox(self._of)
            used = self._with
            self._runs += 1
        try:
            with used.run(request, file, limits) as frames:
                yield frames
        finally:
            with _changing:
                self._runs -= 1

    def close(self) -> None:
        with _changing:
            used, self._with = self._with, None
            if used is not None and not self._runs:
                _kept[self._of].append(used)
                used = None
        if used is not None:
            used.close()


@pytest.fixture(scope="session", autouse=True)
def keep_readers() -> Iterator[None]:
    """Keep them for all tests of this process."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("archive.ingest.sandbox.open_sandbox.ForkingSandbox", _Borrowed)
        yield
    for sandboxes in _kept.values():
        for sandbox in sandboxes:
            sandbox.close()
