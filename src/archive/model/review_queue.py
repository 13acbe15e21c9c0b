"""The review queue: documents that staff have to look at, and what each of them lacks."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Missing(StrEnum):
    """Why a document waits in the queue."""

    DRAFT = "draft"
    SPEAKER = "speaker"
    DATE = "date"
    REGION = "region"
    READING = "reading"
    PERSONAL_DATA = "personal_data"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """A document that waits. `taken_by` is the login of whoever works on it, "" where nobody does."""

    document_id: str
    created_at: datetime
    missing: tuple[Missing, ...]
    taken_by: str = ""


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """How many documents wait, for each reason, and how many were not looked through yet.

    Personal data and likely duplicates are known only of those that were looked through.
    """

    total: int
    by_missing: dict[Missing, int]
    unseen: int


@dataclass(frozen=True, slots=True)
class PageFinding:
    """How many personal identity numbers and contact details a page has; page 0 is the file itself."""

    number: int
    personal_numbers: int
    contact_details: int
