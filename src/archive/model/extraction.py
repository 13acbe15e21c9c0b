"""What was read from one original, and how the reading ended."""

from dataclasses import dataclass, field
from enum import StrEnum

from archive.model.pages import Page


class Outcome(StrEnum):
    """The outcome of reading one file. An empty result is never `OK`."""

    OK = "ok"
    OK_PARTIAL = "ok_partial"
    EMPTY_NEEDS_OCR = "empty_needs_ocr"
    PASSWORD = "password"  # noqa: S105 - the name of an outcome
    UNSUPPORTED_TYPE = "unsupported_type"
    DAMAGED = "damaged"
    RESOURCE_LIMIT = "resource_limit"
    TIMEOUT = "timeout"
    CRASH = "crash"

    @property
    def is_read(self) -> bool:
        """Return whether words were read from the file."""
        return self in (Outcome.OK, Outcome.OK_PARTIAL)


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was read from one original. `properties` are the file's own ("title", "author" …)."""

    category: Outcome
    pages: tuple[Page, ...] = ()
    engine: str = ""
    message: str = ""
    properties: dict[str, str] = field(default_factory=dict)
