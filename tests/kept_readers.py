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

_kept: dict[str, list["_KeptSandbox"]] = {}
_changing = threading.Lock()


class _KeptSandbox(ForkingSandbox):
    """A sandbox that goes to the next who opens one, once it is closed; it ends if something runs in it."""

    def __init__(self, registry: str) -> None:
        super().__init__(registry)
        self._of = registry
        self._runs = 0

    @contextmanager
    def run(self, request: Request, file: Path, limits: Limits) -> Iterator[Iterator[bytes]]:
        self._runs += 1
        try:
            with super().run(request, file, limits) as frames:
                yield frames
        finally:
            self._runs -= 1

    def close(self) -> None:
        if self._runs:
            super().close()
            return
        with _changing:
            kept = _kept.setdefault(self._of, [])
            if self not in kept:
                kept.append(self)

    def end(self) -> None:
        """End its process."""
        super().close()


def _opened(registry: str) -> _KeptSandbox:
    with _changing:
        kept = _kept.get(registry)
        return kept.pop() if kept else _KeptSandbox(registry)


@pytest.fixture(scope="session", autouse=True)
def keep_readers() -> Iterator[None]:
    """Open sandboxes that were used before, for all tests of this process."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("archive.ingest.sandbox.open_sandbox.ForkingSandbox", _opened)
        yield
    for sandboxes in _kept.values():
        for sandbox in sandboxes:
            sandbox.end()
