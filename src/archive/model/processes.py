"""Processes of an archive, which find each other through the catalogue alone."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from archive.model.jobs import JobKind


class ProcessKind(StrEnum):
    """What a process is there for."""

    SERVE = "serve"
    WORKER = "worker"
    INDEXER = "indexer"
    COMMAND = "command"


@dataclass(frozen=True, slots=True)
class LeasedJob:
    """A job that a process has leased."""

    kind: JobKind
    document_id: str
    filename: str
    attempts: int
    leased_until: datetime


@dataclass(frozen=True, slots=True)
class Process:
    """A process that works, and when it was last known to do so. A dead one has not been told of since."""

    name: str
    kind: ProcessKind
    host: str
    pid: int
    started_at: datetime
    seen_at: datetime
    is_alive: bool
    jobs: tuple[LeasedJob, ...] = ()
