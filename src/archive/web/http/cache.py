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
    values: dict[tuple[str, int], tuple[object, Any]] = field(default_factory=dict)


def install(app: Flask) -> None:
    """Give the application a place for what is kept."""
    app.extensions[_EXTENSION] = _Kept()


def kept(session: Session, make: Callable[[Session, int], Sequence[Value]], max_rank: int) -> Sequence[Value]:
    """Return `make(session, max_rank)`, made anew only where the catalogue has changed since.

    The number of change is read first, so that what is kept is never older than the number it is kept with.
    """
    return kept_since(revision(session), make.__name__, lambda: make(session, max_rank), max_rank)


def kept_since(now: object, name: str, make: Callable[[], Value], max_rank: int) -> Value:
    """Return `make()`, made anew only where the archive's state is no longer `now`.

    Args:
        now: what identifies the state, read before anything that `make` reads.
        name: what is made; one value is kept a name and rank.
        make: makes the value.
        max_rank: the rank of the visitors that may see it.
    """
    place: _Kept = current_app.extensions[_EXTENSION]
    with place.lock:
        known = place.values.get((name, max_rank))
    if known is not None and known[0] == now:
        found: Value = known[1]
        return found
    made = make()
    with place.lock:
        place.values[name, max_rank] = (now, made)
    return made
