"""A signal stops a command between two steps, never while something is opened or closed."""

import os
import signal
from collections.abc import Iterator
from contextlib import closing
from typing import Self

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine

from archive.catalogue.database.database import Database
from archive.cli.stopping import stopping_with


class Stopped(BaseException):
    """What the signal raises."""


@pytest.fixture(autouse=True)
def _stopping() -> Iterator[None]:
    """Handle SIGTERM; the timer of this process is pytest's, which ends tests that hang."""
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGALRM)}
    left_s, _ = signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGTERM, stopping_with(Stopped))
    yield
    for number, handler in handlers.items():
        signal.signal(number, handler)
    signal.setitimer(signal.ITIMER_REAL, left_s)


def stop() -> None:
    os.kill(os.getpid(), signal.SIGTERM)


def wait() -> None:
    """Wait for a signal: the handler is called between two steps."""
    while True:
        signal.pause()


class Opening:
    """A context in whose entering or leaving the signal comes."""

    def __init__(self, *, comes_while_entering: bool) -> None:
        self._comes_while_entering = comes_while_entering
        self.is_open = False

    def __enter__(self) -> Self:
        self.is_open = True
        if self._comes_while_entering:
            os.kill(os.getpid(), signal.SIGTERM)
        return self

    def __exit__(self, *_: object) -> None:
        if not self._comes_while_entering:
            os.kill(os.getpid(), signal.SIGTERM)
        self.is_open = False


def test_signal_stops_at_once_where_nothing_is_opened() -> None:
    with pytest.raises(Stopped):
        stop()


@pytest.mark.parametrize("comes_while_entering", [True, False])
def test_signal_leaves_no_context_open(comes_while_entering: bool) -> None:
    opening = Opening(comes_while_entering=comes_while_entering)

    def open_and_close() -> None:
        with opening:
            if comes_while_entering:
                wait()
        wait()

    with pytest.raises(Stopped):
        open_and_close()
    assert not opening.is_open


def test_signal_while_a_transaction_begins_does_not_keep_the_catalogue(catalogue_url: str) -> None:
    begun: list[bool] = []

    def stop_once(_: Connection) -> None:
        if not begun:
            begun.append(True)
            stop()

    with closing(Database.open(catalogue_url)) as database:
        event.listen(Engine, "begin", stop_once)
        try:
            with pytest.raises(Stopped), database.write():
                wait()
        finally:
            event.remove(Engine, "begin", stop_once)
        assert begun
        with database.write():
            pass
