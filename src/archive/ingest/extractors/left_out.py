"""What a reader leaves out because of a bound: noted where it happens, told at the end of the file.

Bounds lie deep in readers, where nothing knows the end of the file. One file is read at a time, so what they
note is kept beside the call; `told` begins an empty list and adds its sentences to the Finish.
"""

from collections.abc import Iterable, Iterator
from contextvars import ContextVar
from dataclasses import replace
from itertools import islice
from typing import TypeVar

from archive.ingest.extractors.base import Finish, Record
from archive.ingest.extractors.frames import PROPERTIES_MAX, PROPERTY_MAX_CHARS
from archive.model.extraction import Outcome

_PROPERTIES = "The file has more properties, or longer ones, than are kept."
_NOTES_MAX = 20
"""Sentences of one file: as many as there are bounds."""

Item = TypeVar("Item")
_notes: ContextVar[dict[str, None] | None] = ContextVar("notes", default=None)


def note(sentence: str) -> None:
    """Keep a plain sentence about what is left out; the same one of many places is told once."""
    notes = _notes.get()
    if notes is not None and len(notes) < _NOTES_MAX:
        notes[sentence] = None


def up_to(items: Iterable[Item], count: int, sentence: str) -> Iterator[Item]:
    """Yield at most `count` items; where there are more, `sentence` is noted."""
    waiting = iter(items)
    yield from islice(waiting, count)
    for _ in waiting:
        note(sentence)
        return


def told(records: Iterable[Record]) -> Iterator[Record]:
    """Yield what a reader yields; its Finish says what was left out, and is ok_partial then."""
    notes: dict[str, None] = {}
    _notes.set(notes)
    try:
        for record in records:
            yield _with_notes(record, notes) if isinstance(record, Finish) else record
    finally:
        _notes.set(None)


def _with_notes(finish: Finish, notes: dict[str, None]) -> Finish:
    if finish.category not in (Outcome.OK, Outcome.OK_PARTIAL):
        return finish
    is_long = any(len(value) > PROPERTY_MAX_CHARS for value in finish.properties.values())
    if is_long or len(finish.properties) > PROPERTIES_MAX:
        notes[_PROPERTIES] = None
    if not notes:
        return finish
    message = " ".join([finish.message, *notes] if finish.message else notes)
    return replace(finish, category=Outcome.OK_PARTIAL, message=message)
