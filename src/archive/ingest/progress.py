"""What an ingest reports while it runs: to a progress bar, a script, a log."""

from dataclasses import dataclass
from typing import Protocol

from archive.catalogue.accept import Acceptance
from archive.model.extraction import Outcome


@dataclass(frozen=True, slots=True)
class Stored:
    """A file is safe in the archive: it will be there after any crash.

    `category`, `message` and `page_count` are those of an earlier reading of the same bytes, if any.
    """

    file: str
    document_id: str
    version_id: str
    acceptance: Acceptance
    category: Outcome | None = None
    message: str = ""
    page_count: int = 0


@dataclass(frozen=True, slots=True)
class Refused:
    """A file was not taken: `code` is an outcome category or an error's code, `message` says what to do."""

    file: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file lies in a folder but was not taken: `reason` says why.

    "" means that it lies in a seminar's folder and its `seminar.toml` does not name it.
    """

    file: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A document was withdrawn because its seminar no longer names it: its file's name, its identifier."""

    file: str
    document_id: str


@dataclass(frozen=True, slots=True)
class Corrected:
    """A seminar has another title or day than before; `message` says what was and what is."""

    file: str
    message: str


@dataclass(frozen=True, slots=True)
class Extracted:
    """A version's words were read (or not: the category says so)."""

    version_id: str
    category: Outcome
    message: str
    page_count: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """A version's pictures are done; `message` says why some are missing."""

    version_id: str
    picture_count: int
    message: str


@dataclass(frozen=True, slots=True)
class Recognised:
    """The words in a version's pictures were read; `category` and `message` are those that hold now."""

    version_id: str
    category: Outcome
    message: str
    page_count: int


Step = Stored | Refused | LeftOut | Withdrawn | Corrected | Extracted | Drawn | Recognised


class Reporter(Protocol):
    """Receives each step, from several threads."""

    def expect(self, file_count: int) -> None:
        """Take note of how many files there are."""
        ...

    def tell(self, step: Step) -> None:
        """Take note of one step."""
        ...


class Silent:
    """A reporter that says nothing."""

    def expect(self, file_count: int) -> None:
        """Say nothing."""

    def tell(self, step: Step) -> None:
        """Say nothing."""
