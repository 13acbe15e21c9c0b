"""The kinds of records that have edit pages and commands, and for each how it is read, saved and deleted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from archive.catalogue.editing import documents, events, focus_areas, talks
from archive.catalogue.editing.fields import (
    DocumentFields,
    EventFields,
    Fields,
    FocusAreaFields,
    TalkFields,
)
from archive.catalogue.editing.listed import ListedRecord


@dataclass(frozen=True, slots=True)
class RecordKind:
    """A kind of record. `name` is that of `journal.history.PARTS`; the functions take fields of `fields`."""

    name: str
    fields: type[Fields]
    known: Callable[[Session, str], Any]
    create: Callable[[Session, Any, str], str]
    change: Callable[[Session, str, Any, str], None]
    delete: Callable[[Session, str, str], None]
    listed: Callable[[Session], Sequence[ListedRecord]]


EVENT = RecordKind(
    "event", EventFields, events.known, events.create, events.change, events.delete, events.listed
)
TALK = RecordKind("talk", TalkFields, talks.known, talks.create, talks.change, talks.delete, talks.listed)
FOCUS_AREA = RecordKind(
    "focus_area",
    FocusAreaFields,
    focus_areas.known,
    focus_areas.create,
    focus_areas.change,
    focus_areas.delete,
    focus_areas.listed,
)
DOCUMENT = RecordKind(
    "document",
    DocumentFields,
    documents.known,
    documents.create,
    documents.change,
    documents.delete,
    documents.listed,
)
KINDS = {kind.name: kind for kind in (EVENT, TALK, FOCUS_AREA, DOCUMENT)}
