"""Uploads: a file on its way into the archive, what became of it, and of each document that it held."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

REFUSED, LEFT_OUT = "refused", "left_out"
"""Outcomes of files that were not taken in, beside those of `Acceptance`."""


class UploadState(StrEnum):
    """How far a file has come: bytes arrive, all are there, it was taken in, it was refused."""

    RECEIVING = "receiving"
    RECEIVED = "received"
    TAKEN = "taken"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class UploadTarget:
    """Where a file is to go: to an event, a talk, or as a new version of a document. None: nowhere yet."""

    event_id: str | None = None
    talk_id: str | None = None
    document_id: str | None = None


@dataclass(frozen=True, slots=True)
class NewUpload:
    """A file that somebody is about to send.

    `filename` and `folder` are what its sender calls it: names for people, never a path on a disk. `batch`
    is the same for all files of one drop. `sha256` "" where the sender did not say. `is_separate`: it is to
    be a document of its own, also where the archive has the same bytes already. `submission_id` is that of
    which it is a file, "" for what staff send.
    """

    login: str
    filename: str
    size_bytes: int
    folder: str = ""
    batch: str = ""
    sha256: str = ""
    target: UploadTarget = field(default_factory=UploadTarget)
    is_separate: bool = False
    submission_id: str = ""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on its way; `code` and `message` say why it was refused."""

    id: str
    given: NewUpload
    state: UploadState
    code: str
    message: str
    made_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """What became of one file of an upload: of the file itself (`file` "") or of one in it.

    `outcome` is an `Acceptance`, "refused" or "left_out"; then `code` and `message` say why.
    """

    file: str
    outcome: str
    document_id: str | None = None
    version_id: str | None = None
    code: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class FileReading:
    """An uploaded file with what the archive has made of its version since.

    `category` is None until it was read, `word_count` until its words were counted, `searchable_at` until a
    search has found it. `has_jobs`: something is still to be done with it.
    """

    number: int
    uploaded: UploadedFile
    title: str = ""
    kind: str = ""
    category: str | None = None
    message: str = ""
    page_count: int = 0
    pictures_done: bool = False
    problem_of_pictures: str = ""
    has_jobs: bool = False
    word_count: int | None = None
    searchable_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class UploadProgress:
    """An upload with everything that became of it."""

    upload: Upload
    files: Sequence[FileReading] = ()
