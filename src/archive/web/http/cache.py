"""Lists that are costly to make, kept until the catalogue says that something has changed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, TypeVar

from flask import Flask, current_app

from archive.catalogue.database.sessions import Session
from archive.catalogue.events.directory import revision

Value = TypeVar("Value")
_EXTENSION = "archive.kept"


@dataclass(slots=True)
class _Kept:
    lock: Lock = field(default_factory=Lock)
    values: dict[tuple[str, int], tuple[tuple[int, int], Any]] = field(default_factory=dict)


def install(app: Flask) -> None:
    """Give the application a place for what is kept."""
    app.extensions[_EXTENSION] = _Kept()


def kept(session: Session, make: Callable[[Session, int], Sequence[Value]], max_rank: int) -> Sequence[Value]:
    """Return `make(session, max_rank)`, made anew only where the catalogue has changed since.

    The number of change is read first, so that what is kept is never older than the number it is kept with.
    """
    place: _Kept = current_app.extensions[_EXTENSION]
    now, key = revision(session), (make.__name__, max_rank)
    with place.lock:
        known = place.values.get(key)
    if known is not None and known[0] == now:
        found: Sequence[Value] = known[1]
        return found
    made = make(session, max_rank)
    with place.lock:
        place.values[key] = (now, made)
    return made
