"""What happens in an archive: changes, jobs, and who did what."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the journal that the index follows. `seq` only grows."""

    seq: int
    document_id: str
    at: datetime


class JobKind(StrEnum):
    """What a worker does with a version, in this order: each kind waits for those before it."""

    EXTRACT = "extract"
    RENDER = "render"
    OCR = "ocr"


@dataclass(frozen=True, slots=True)
class Job:
    """A unit of work with a lease: its owner must finish before `leased_until`."""

    id: int
    kind: JobKind
    version_id: str
    attempts: int = 0
    leased_until: datetime | None = None
    lease_owner: str = ""


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """What was done, by whom, to what, with which outcome."""

    id: int
    at: datetime
    actor: str
    action: str
    subject: str
    outcome: str
    detail: str = ""
