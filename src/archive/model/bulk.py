"""A change of many records at once: what is asked for, and the plan of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class BulkKind(StrEnum):
    """What can be changed of many records at once."""

    ADD_FOCUS_AREA = "add_focus_area"
    REMOVE_FOCUS_AREA = "remove_focus_area"
    ADD_REGION = "add_region"
    REMOVE_REGION = "remove_region"
    VISIBILITY = "visibility"
    LANGUAGE = "language"
    EVENT = "event"
    WITHDRAW = "withdraw"
    READ_AGAIN = "read_again"
    TITLE = "title"
    DATE = "date"
    PUBLISHER = "publisher"

    @property
    def takes_value(self) -> bool:
        """Return whether something has to be said with it."""
        return self not in (BulkKind.WITHDRAW, BulkKind.READ_AGAIN)


OF_A_TABLE = frozenset({BulkKind.TITLE, BulkKind.DATE, BulkKind.PUBLISHER})
"""What has another value for each record: it comes from a table alone."""


@dataclass(frozen=True, slots=True)
class BulkChange:
    """A change that is asked for.

    `value` is the code of a region, the identifier of a focus area or event ("" for no event), a
    `Visibility`, a language; "" where the kind takes none.
    """

    kind: BulkKind
    value: str = ""


class ChangedRecordKind(StrEnum):
    """Which record holds what is changed."""

    DOCUMENT = "document"
    TALK = "talk"
    EVENT = "event"


class RefusalReason(StrEnum):
    """Why a document of the selection is left as it is."""

    UNKNOWN = "unknown"
    WITHDRAWN = "withdrawn"
    NO_TALK = "no_talk"
    NO_EVENT = "no_event"
    ALREADY = "already"
    BEING_READ = "being_read"
    EVENT_STRICTER = "event_stricter"
    """Its event's own file says that fewer may see it."""


@dataclass(frozen=True, slots=True)
class PlannedChange:
    """One record that would change. `before` and `after` are as people read them.

    `documents` are those of the selection that the record belongs to.
    """

    change: BulkChange
    record: ChangedRecordKind
    id: str
    title: str
    before: str
    after: str
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RefusedDocument:
    """A document that would stay as it is, and why."""

    document: str
    title: str
    why: RefusalReason
    change: BulkChange


@dataclass(frozen=True, slots=True)
class Plan:
    """What a change of many would do, in the order of the selection. `mark` changes with any part of it."""

    changes: Sequence[PlannedChange]
    refused: Sequence[RefusedDocument]
    mark: str
