"""What was changed in the records, by whom and why; and what an undo does and leaves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class Reason(StrEnum):
    """By which way a change came."""

    FORM = "form"
    IMPORT = "import"
    BULK = "bulk"
    MERGE = "merge"
    INGEST = "ingest"
    TOKEN = "token"  # noqa: S105 - a way in, not a secret
    COMMAND = "command"
    UNDO = "undo"
    LINK = "link"
    """A speaker has proposed it by a link, and staff have accepted it."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who changes something, and why.

    `actor` is a login, or "command line"; `summary` says in a few words what is done, "" where the changed
    fields say it; edits of one `group` (an import, a bulk edit) are undone together; `request_id` is that
    of the log.
    """

    actor: str
    reason: Reason
    summary: str = ""
    group: str = ""
    request_id: str = ""


Values = Mapping[str, Any]
"""The columns of a row, with values that JSON has."""


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row before and after an edit; None where there was none. `key` is the primary key, joined by "/"."""

    table: str
    key: str
    before: Values | None
    after: Values | None

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns whose values differ; all of a row that came or went."""
        old, new = self.before or {}, self.after or {}
        return tuple(name for name in (new or old) if self.is_whole or old.get(name) != new.get(name))

    @property
    def is_whole(self) -> bool:
        """Return whether the row came or went."""
        return self.before is None or self.after is None


@dataclass(frozen=True, slots=True)
class Edit:
    """One deed of one person: the rows that it changed. `undoes` are the edits that it took back."""

    id: int
    at: datetime
    author: Author
    changes: tuple[RowChange, ...] = ()
    undoes: tuple[int, ...] = ()
    undone_by: int | None = None


class ConflictKind(StrEnum):
    """Why an undo leaves something alone."""

    CHANGED = "changed"
    """It has been changed since."""
    IN_USE = "in_use"
    """It came with the edit, and something newer refers to it."""
    GONE = "gone"
    """It is not there any more, or what it belongs to is not."""
    TAKEN = "taken"
    """Another record has its name now."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """What an undo leaves as it is. `column` is "" where it is the whole row."""

    kind: ConflictKind
    table: str
    key: str
    column: str = ""
    wanted: Any = None
    found: Any = None


@dataclass(frozen=True, slots=True)
class UndoOutcome:
    """What an undo did: `edit` is its own edit (None where nothing was left to take back)."""

    edit: int | None
    restored: tuple[RowChange, ...]
    conflicts: tuple[Conflict, ...]
