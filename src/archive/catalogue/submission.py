"""A file as it is handed to the catalogue, and what became of it."""

from dataclasses import dataclass
from enum import StrEnum

from archive.model.documents import Document, DocumentKind, Original, Version
from archive.model.visibility import Visibility


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A file as it is given.

    `source` is its resolved path, or "event:<id>:<filename>". `title_is_given` False: the title is a
    placeholder that the extraction may replace. `visibility` PUBLIC counts as given only together with a
    talk or an event: a file given by its path alone never opens what has been closed.
    """

    kind: DocumentKind
    title: str
    source: str
    filename: str
    original: Original
    title_is_given: bool = False
    visibility: Visibility = Visibility.PUBLIC
    talk_id: str | None = None
    event_id: str | None = None
    publisher: str = ""
    year: int | None = None

    @property
    def is_linked(self) -> bool:
        """Return whether the file was given as part of a talk or an event."""
        return self.talk_id is not None or self.event_id is not None


class Acceptance(StrEnum):
    """What became of a file."""

    NEW = "new"
    NEW_VERSION = "new_version"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class Accepted:
    """The document that now stands for the file, and how. `newest` is its version with the file's bytes."""

    document: Document
    outcome: Acceptance
    newest: Version
